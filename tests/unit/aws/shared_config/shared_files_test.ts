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

/** The profile of the name, from a config file. */
function profileIn(config: string, name: string): unknown {
  const found = readSharedFiles(awsHost({ env: HOME, files: { "/h/.aws/config": config } })).profiles.get(name);
  return found === undefined ? undefined : Object.fromEntries(found);
}

Deno.test("of [default] and [profile default] the later one counts alone", () => {
  const [bare, worded] = ["[default]\nregion=b\noutput=text\n", "[profile default]\nregion=a\n"];
  assert.deepEqual(profileIn(worded + bare, "default"), { region: "b", output: "text" });
  assert.deepEqual(profileIn(bare + worded, "default"), { region: "a" });
  assert.deepEqual(profileIn(`${bare}[profile 'default']\nx=y\n`, "default"), { x: "y" });
});

Deno.test("what stands in [DEFAULT] stands in every section", () => {
  const config = "[profile p]\nregion=a\n[DEFAULT]\nregion=b\noutput=text\n";
  assert.deepEqual(profileIn(config, "p"), { region: "a", output: "text" });
  assert.equal(profileIn(config, "DEFAULT"), undefined);
});

const headers: readonly (readonly [string, string, string | undefined])[] = [
  ["[profile  'my dev']", "my dev", undefined],
  ["[profile my\\ dev]", "my dev", undefined],
  ["[profiles dev]", "dev", undefined],
  ["[ default ]", "default", "Write [default] there"],
  ["[ profile dev]", "dev", "Write [profile dev] there"],
  ["[profile my dev]", "my dev", 'Write [profile "my dev"] there'],
  ["[profile it's]", "its", "Write [profile its] there"],
];
for (const [header, name, hint] of headers) {
  Deno.test(`${header} ${hint === undefined ? "is" : "is not"} profile ${name}, as in the AWS CLI`, () => {
    const files = { "/h/.aws/config": `[x]\n a=b\n c=d\n${header}\nregion=a\n` };
    const { profiles, strays } = readSharedFiles(awsHost({ env: HOME, files }));
    assert.deepEqual(profiles.get(name), hint === undefined ? new Map([["region", "a"]]) : undefined);
    const stray = strays.find((one) => one.name === name);
    assert.deepEqual([stray?.hint, stray?.place.line], [hint, hint === undefined ? undefined : 4]);
  });
}

Deno.test("in the credentials file blanks in the brackets are part of a name, as in the AWS CLI", () => {
  const files = { "/h/.aws/credentials": "[ dev ]\naws_access_key_id=K\n" };
  const { profiles, strays } = readSharedFiles(awsHost({ env: HOME, files }));
  assert.equal(profiles.has("dev"), false);
  assert.deepEqual(strays.map(({ name, hint }) => [name, hint]), [["dev", "Write [dev] there"]]);
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
