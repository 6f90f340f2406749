import { deepEqual, equal, match } from "node:assert/strict";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { configWorld, NOTHING_NAMED, plain } from "../../../support/config/config_files.ts";
import { unknownKeys } from "../../../../src/config/checks/keys.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";

const FILE = "/home/me/repo/atmos.yaml";

async function load(text: string, more: Readonly<Record<string, string>> = {}) {
  const { host } = configWorld({ files: { [FILE]: text, ...more } });
  const { root, problems } = await loadConfig(host, NOTHING_NAMED);
  return { data: plain(root), problems: problems.map(({ message }) => message) };
}

Deno.test("sections are read in upper and lower case, across files too; names below them keep theirs", async () => {
  const other = { "/home/me/.atmos/atmos.yaml": "auth: {identities: {Dev: {kind: x}}}\nSTACKS: {Base: 1}\n" };
  const { data, problems } = await load(
    "Auth: {Identities: {Ops: {Kind: y}}}\nstacks: {base_path: s}\nMine: 1\n",
    other,
  );
  deepEqual(problems, []);
  deepEqual(data, {
    auth: { identities: { Dev: { kind: "x" }, Ops: { Kind: "y" } } },
    stacks: { Base: 1, base_path: "s" },
    Mine: 1,
  });
});

Deno.test("a section that one file has twice is told, not joined", async () => {
  const { data, problems } = await load("auth: {realm: a}\nAuth: {realm: b}\n");
  deepEqual(data, { auth: { realm: "a" }, Auth: { realm: "b" } });
  equal(problems.length, 1);
  match(problems[0]!, /^"Auth" and "auth" \(.*:1:1\) differ in upper and lower case only/);
});

function told(text: string): readonly string[] {
  return unknownKeys(locatedFrom(text)).map(({ severity, place: { line, column }, path, message }) =>
    `${severity} ${line}:${column} ${path}: ${message}`
  );
}

Deno.test("unknown keys: those that are nearly known are told with what was meant", () => {
  deepEqual(told("auht: {}\nbasepath: x\nstaks: {}\nprofiles: {defualt: x, base_path: y}\n"), [
    'warning 1:1 auht: unknown key; did you mean "auth"?',
    'warning 2:1 basepath: unknown key; did you mean "base_path"?',
    'warning 3:1 staks: unknown key; did you mean "stacks"?',
    'warning 4:12 profiles.defualt: unknown key; did you mean "default"?',
  ]);
});

Deno.test("unknown keys: known ones in any case, other programs' and people's own are let be", () => {
  const known = "auth: 1\nAUTH: 1\nimport: 1\nci: 1\nexperimental: 1\nProfiles: {default: x}\n";
  deepEqual(told(`${known}company_policy: 1\nx-auth: 1\n_auth: 1\n.auth: 1\ntemp: 1\ncd: 1\n`), []);
});

Deno.test("unknown keys: sections of auth that stand beside it are told where they belong", () => {
  for (const name of ["providers", "identities", "keyring", "console", "realm", "Providers"]) {
    const small = name.toLowerCase();
    deepEqual(told(`${name}: {}\n`), [`warning 1:1 ${name}: unknown key; it belongs at auth.${small}`]);
  }
  deepEqual(told("integrations: {dev: {kind: aws/eks, via: {identity: dev}}}\n"), [
    "warning 1:1 integrations: unknown key; it belongs at auth.integrations",
  ]);
  deepEqual(told("integrations: {github: {gitops: {}}}\nlogs: {level: Debug}\n"), []);
  deepEqual(told("identites: {}\n"), ['warning 1:1 identites: unknown key; did you mean "auth.identities"?']);
});
