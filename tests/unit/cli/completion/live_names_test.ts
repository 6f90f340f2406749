import { deepEqual, ok } from "node:assert/strict";
import { type Live, liveNames } from "../../../../src/cli/completion/live_names.ts";
import { REGION } from "../../../../src/aws/names/names.ts";
import { FileError } from "../../../../src/host/files/file_error.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const CONFIG_FLAGS = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
const LINE = { ...CONFIG_FLAGS, "chdir": undefined, "identity": undefined };

const ARN = "arn:aws:eks:us-east-2:123456789012:cluster/main";

const HERE = { file: "/k", configLocation: "/home/me/repo" };
const ELSEWHERE = { file: "/k", configLocation: "/home/me/other" };

const FILES = {
  "/home/me/.aws/config": '[default]\nregion = us-east-2\n[profile "my sso"]\nregion=eu-west-1\n[sso-session s]\nx=y\n',
  "/home/me/.aws/credentials": "[ops]\naws_secret_access_key = canary\n",
  "/home/me/.config/atmos/profiles/mine/a.yaml": "",
  "/home/me/.local/state/atmos/kube/contexts.json": JSON.stringify([
    { ...HERE, integration: "a", identity: "dev", contexts: [{ name: "main", cluster: "c", user: "u" }] },
    { ...HERE, integration: "b", identity: "glass", contexts: [{ name: "other", cluster: ARN, user: "u" }] },
    { ...HERE, integration: "c", identity: "gone", contexts: [{ name: "gone", cluster: "c", user: "u" }] },
    { ...ELSEWHERE, integration: "a", identity: "dev", contexts: [{ name: "theirs", cluster: "c", user: "u" }] },
    { file: "/k", integration: "a", identity: "dev", contexts: [{ name: "older", cluster: "c", user: "u" }] },
  ]),
  "/home/me/repo/profiles/dev/a.yaml": "",
  "/home/me/repo/stacks/orgs/dev.yaml": "components: { terraform: { vpc: {} } }",
  "/home/me/repo/atmos.yaml": `
stacks: { base_path: stacks, included_paths: "orgs/**/*" }
auth:
  providers: { sso: { kind: aws/iam-identity-center } }
  identities: { Dev: { kind: aws/permission-set, via: { provider: sso } }, odd: 7, glass: { kind: aws/user } }
  integrations: { a: { kind: aws/eks }, b: { kind: aws/ecr }, c: { kind: aws/ecr-public }, d: { kind: else } }
`,
};

async function values(...kinds: readonly Live[]): Promise<readonly string[]> {
  return (await liveNames(configWorld({ files: FILES }).host, { kinds, line: LINE })).map(({ value }) => value);
}

Deno.test("live names: the auth section, what is broken in it too", async () => {
  deepEqual(await values("identity"), ["Dev", "odd", "glass"]);
  deepEqual(await values("user-identity"), ["glass"]);
  deepEqual(await values("provider"), ["sso"]);
  deepEqual(await values("integration"), ["a", "b", "c", "d"]);
  deepEqual(await values("eks-integration"), ["a"]);
  deepEqual(await values("ecr-integration"), ["b", "c"]);
});

Deno.test("live names: profiles of ~/.aws with their region, and nothing else of what is in there", async () => {
  deepEqual(await liveNames(configWorld({ files: FILES }).host, { kinds: ["aws-profile"], line: LINE }), [
    { value: "default", about: "us-east-2" },
    { value: "my sso", about: "eu-west-1" },
    { value: "ops", about: "" },
  ]);
});

Deno.test("live names: configuration profiles of every place; one that is given and not there does no harm", async () => {
  const line = { ...LINE, "config-profile": ["misspelt"] };
  const found = await liveNames(configWorld({ files: FILES }).host, { kinds: ["config-profile"], line });
  deepEqual(found.map(({ value }) => value), ["mine", "dev"]);
});

Deno.test("live names: contexts of the identity of the line, or of all that atmos.yaml has; no other configuration's", async () => {
  const contexts = async (identity: string | undefined) =>
    await liveNames(configWorld({ files: FILES }).host, { kinds: ["context"], line: { ...LINE, identity } });
  deepEqual(await contexts("Glass"), [{ value: "other", about: "main as glass" }]);
  deepEqual((await contexts(undefined)).map(({ value }) => value), ["main", "other"]);
  const withDefault = FILES["/home/me/repo/atmos.yaml"].replace("glass: {", "glass: { default: true,");
  const { host } = configWorld({ files: { ...FILES, "/home/me/repo/atmos.yaml": withDefault } });
  deepEqual((await liveNames(host, { kinds: ["context"], line: LINE })).map(({ value }) => value), ["other"]);
});

Deno.test("live names: regions look like regions, and each is there once", async () => {
  const all = await values("region");
  for (const region of all) ok(REGION.test(region), region);
  deepEqual([new Set(all).size, all.includes("us-gov-west-1")], [all.length, true]);
});

Deno.test("live names: stacks, components and shells", async () => {
  deepEqual(await values("stack"), ["orgs/dev"]);
  deepEqual(await values("eks-integration", "component"), ["a", "vpc"]);
  deepEqual(await values("shell"), ["bash", "zsh", "fish", "powershell"]);
});

Deno.test("live names: the directory of the line is entered first; one that is not there leaves nothing to know", async () => {
  const { host } = configWorld({ files: FILES });
  await liveNames(host, { kinds: ["identity"], line: { ...LINE, chdir: "/d" } });
  deepEqual(host.seen.directories, ["/d"]);
  const sys = {
    ...host.sys,
    chdir: (path: string) => {
      throw new FileError("not-found", path, "chdir");
    },
  };
  deepEqual(await liveNames({ ...host, sys }, { kinds: ["identity"], line: { ...LINE, chdir: "/no" } }), []);
});

Deno.test("live names: a kind that cannot be found out does not take the others with it", async () => {
  const files = { "/home/me/repo/atmos.yaml": "auth: [", "/home/me/.aws/config": "[profile x]" };
  const found = await liveNames(configWorld({ files }).host, { kinds: ["identity", "aws-profile"], line: LINE });
  deepEqual(found.map(({ value }) => value), ["x"]);
});

Deno.test("live names: aliases of identities, beside their names", async () => {
  const text = "auth: { identities: { dev: { kind: aws/user, alias: me }, ops: { kind: aws/ambient, alias: '' } } }";
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": text } });
  deepEqual(await liveNames(host, { kinds: ["identity"], line: LINE }), [
    { value: "dev", about: "aws/user" },
    { value: "ops", about: "aws/ambient" },
    { value: "me", about: "alias of dev" },
  ]);
});
