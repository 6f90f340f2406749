/**
 * What the program may do, in one place: `deno task atmos` (its line in deno.json is checked against this list),
 * the tests' runs of the program, and `deno task compile`, which bakes it into the executable.
 */

/** Services of every AWS partition, by the DNS suffixes of their ordinary and dual-stack endpoints. */
const AWS_DOMAINS = [
  "*.amazonaws.com",
  "*.api.aws",
  "*.amazonaws.com.cn",
  "*.api.amazonwebservices.com.cn",
  "*.c2s.ic.gov",
  "*.api.aws.ic.gov",
  "*.sc2s.sgov.gov",
  "*.api.aws.scloud",
  "*.cloud.adc-e.uk",
  "*.api.cloud-aws.adc-e.uk",
  "*.csp.hci.ic.gov",
  "*.api.aws.hci.ic.gov",
  "*.amazonaws.eu",
  "*.api.amazonwebservices.eu",
];

/** Where IAM Identity Center's start pages are, `aws login` sessions are renewed, and browsers signed in to a console. */
const SIGN_IN_DOMAINS = [
  ...["*.awsapps.com", "*.signin.aws.amazon.com", "*.signin.amazonaws-us-gov.com", "*.signin.amazonaws.cn"],
  ...["signin.amazonaws-us-gov.com", "signin.amazonaws.cn", "signin.amazonaws-eusc.eu"],
];

/** The host that gives a GitHub Actions job its OIDC token. */
const GITHUB_OIDC = ["*.actions.githubusercontent.com"];

const LOOPBACK = ["127.0.0.0/8", "[::1]", "localhost"];

/** Instance metadata, ECS task credentials, EKS Pod Identity: the last two numbers of each pair are its IPv6 twin. */
const METADATA = ["169.254.169.254", "[fd00:ec2::254]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

export const ALLOWED_HOSTS: readonly string[] = [
  ...AWS_DOMAINS,
  ...SIGN_IN_DOMAINS,
  ...GITHUB_OIDC,
  ...LOOPBACK,
  ...METADATA,
];

/** The AWS SDK names the kernel's release in its user agent; the file code compares owners. */
export const ALLOWED_SYS: readonly string[] = ["osRelease", "uid", "gid"];

/**
 * The permission flags of `deno run` and `deno compile`. Paths, variables and programs are not known before the
 * command line is read, so those are open here and given up at run time by what each command declares.
 */
export function permissionFlags(extraHosts: readonly string[] = []): readonly string[] {
  return [
    "--no-prompt",
    "--allow-read",
    "--allow-write",
    "--allow-env",
    "--allow-run",
    `--allow-sys=${ALLOWED_SYS.join(",")}`,
    `--allow-net=${[...ALLOWED_HOSTS, ...extraHosts].join(",")}`,
    "--deny-ffi",
    "--deny-import",
  ];
}

/**
 * How V8 is set, for `deno task atmos`, the tests' runs of the program and `deno task compile` alike. Its room for young
 * objects grows to 16 MiB, twice, and what survives is moved from one to the other: nearly all nodes of a big kubeconfig
 * do. With 4 MiB a write into 5,000 clusters takes a fifth less time and 50 MiB less memory; small files notice nothing.
 * Every function is compiled when its file is, since Deno stores what is compiled then and not what is compiled later: a
 * run after the first finds all of it, which takes a sixth off a dry run. V8's last compiler works for runs that are longer
 * than any here (ADR 16). What is read of a big kubeconfig can be given back before it is written.
 */
export const V8_FLAGS: readonly string[] = [
  "--v8-flags=--max-semi-space-size=4,--no-lazy,--max-opt=2,--expose-gc",
];

/** What makes the program able to connect to a host that it may not connect to now, for a person to do. */
export function howToAllow(host: string, from: { readonly compiled: boolean }): string {
  const name = host.replace(/:\d+$/, "");
  const build = `uild one that may: deno task compile --allow-host ${name}`;
  if (from.compiled) return `B${build}`;
  return `Start main.ts with the flags of the atmos task in deno.json and ${name} added to its hosts, or b${build}`;
}
