/** Hosts that go-getter takes for a repository without a scheme. */
const SHORT_HOST = /^(?:github\.com|gitlab\.com|bitbucket\.org)\//i;
const SCHEME = /^[a-z][a-z0-9+.-]+:(?:\/\/|:)/i;
const SSH = /^[\w.-]+@[\w.-]+:/;

/** Whether a path is one that go-getter would fetch: `https://…`, `git::…`, `s3::…`, `oci://…`, `github.com/…`. */
export function isRemote(path: string): boolean {
  return SHORT_HOST.test(path) || SCHEME.test(path) || SSH.test(path);
}
