import assert from "node:assert/strict";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { FileError, type FileErrorKind } from "../../../../src/host/files/file_error.ts";
import { awsHost } from "../aws_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const HOME = { HOME: "/h" };

Deno.test("no files, no HOME: everything is empty", () => {
  assert.deepEqual(readSharedFiles(awsHost()).paths, []);
  const files = readSharedFiles(awsHost({ env: HOME }));
  assert.deepEqual(files.paths, ["/h/.aws/config", "/h/.aws/credentials"]);
  assert.equal(files.profiles.size, 0);
});

Deno.test("the two files are joined, the credentials file wins", () => {
  const { profiles, services } = readSharedFiles(awsHost({
    env: HOME,
    files: {
      "/h/.aws/config":
        "[default]\nregion=a\n[profile dev]\nregion=b\noutput=json\n[services s]\neks =\n  endpoint_url=u\n[dev2]\nx=y",
      "/h/.aws/credentials": "[dev]\naws_access_key_id=K\nregion=c\n[only]\naws_access_key_id=L",
    },
  }));
  assert.deepEqual([...profiles.keys()], ["default", "dev", "only"]);
  assert.deepEqual(Object.fromEntries(profiles.get("dev")!), { region: "c", output: "json", aws_access_key_id: "K" });
  assert.deepEqual([...services.keys()], ["s"]);
});

Deno.test("[profile default] beats [default]", () => {
  const files = { "/h/.aws/config": "[profile default]\nregion=a\n[default]\nregion=b\noutput=text" };
  const found = readSharedFiles(awsHost({ env: HOME, files })).profiles.get("default");
  assert.deepEqual(Object.fromEntries(found!), { region: "a", output: "text" });
});

Deno.test("other places, with ~", () => {
  const env = { ...HOME, AWS_CONFIG_FILE: "~/c", AWS_SHARED_CREDENTIALS_FILE: "/etc/k" };
  assert.deepEqual(readSharedFiles(awsHost({ env })).paths, ["/h/c", "/etc/k"]);
});

/** A host on which every read of a file fails. */
function failing(kind: FileErrorKind) {
  const host = awsHost({ env: HOME, files: { "/h/.aws/config": "" } });
  const bytes = (path: string): Uint8Array => {
    throw new FileError(kind, path, "read");
  };
  return { ...host, read: { ...host.read, bytes } };
}

Deno.test("a file that may not be read is empty, and told", () => {
  const found = readSharedFiles(failing("denied"));
  assert.equal(found.profiles.size, 0);
  assert.equal(found.denied?.code, "config-invalid");
  assert.equal(found.denied?.message, 'Cannot read AWS settings "/h/.aws/config": permission denied');
  assert.match(renderRemedy({}, found.denied), /^Make \/h\/\.aws\/config readable, or avoid it/);
  assert.equal("denied" in readSharedFiles(awsHost({ env: HOME })), false);
});

const unreadable: readonly (readonly [FileErrorKind, RegExp])[] = [
  ["is-a-directory", /"\/h\/\.aws\/config": it is a directory$/],
  ["loop", /its symbolic links form a loop$/],
];
for (const [kind, message] of unreadable) {
  Deno.test(`a file that cannot be read is an error in plain words: ${kind}`, () => {
    assert.throws(() => readSharedFiles(failing(kind)), { code: "config-invalid", message });
  });
}

Deno.test("[sso-session NAME] sections by their names", () => {
  const files = { "/h/.aws/config": "[sso-session corp]\nsso_region=x\n[profile corp]\n" };
  assert.deepEqual([...readSharedFiles(awsHost({ env: HOME, files })).ssoSessions.keys()], ["corp"]);
});
