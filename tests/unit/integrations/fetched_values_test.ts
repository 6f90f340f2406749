import { deepEqual, equal, ok } from "node:assert/strict";
import type { GenericSchema } from "valibot";
import { load as parseYaml } from "js-yaml";
import { AUTH } from "../../../src/auth/model/settings.ts";
import { loadConfig } from "../../../src/config/load_config.ts";
import { getFields, getMember, getValues } from "../../../src/config/schema/schema.ts";
import type { Problem } from "../../../src/config/values/located.ts";
import { AppError } from "../../../src/errors.ts";
import { hideRecordedTexts } from "../../../src/hidden_texts.ts";
import { validateAuth } from "../../../src/integrations/validate_auth.ts";
import { memoryAtmos } from "../../support/atmos/memory_atmos.ts";
import { configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";
import { type RegisteredKind, registeredKinds } from "../../support/config/kinds.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const REPO = "/home/me/repo";
const HOME = "/home/me";

/** A short word, a number, a region, a boolean, and what is nearly a name or a word of the schemas. */
const CANARIES = ["zq", "8731", "xx-canary-7", "True", "dev-admim", "aws/usr", "canary text: with {things}"];

/** Ways to bring a text from elsewhere: the call, and where the text lies. */
const CALLS: Readonly<Record<string, (text: string) => Pick<World, "files" | "env" | "printed">>> = {
  "!env CANARY": (text) => ({ env: { CANARY: text } }),
  "!include ~/c.txt": (text) => ({ files: { [`${HOME}/c.txt`]: text } }),
  '!include "~/c.yaml .v"': (text) => ({
    files: { [`${HOME}/c.yaml`]: `v: ${/[:{]/.test(text) ? `'${text}'` : text}` },
  }),
  '!include "~/c.json .v"': (text) => ({ files: { [`${HOME}/c.json`]: JSON.stringify({ v: text }) } }),
  '!include "c.json .v"': (text) => ({ files: { [`${REPO}/c.json`]: JSON.stringify({ v: text }) } }),
  "!exec print": (text) => ({ printed: text }),
};

interface World {
  readonly config: unknown;
  readonly files?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly printed?: string;
}

/** Stands for the call in a configuration. */
class Call {
  constructor(readonly text: string) {}
}

/** Flow style, in which a call may stand anywhere. */
function yamlOf(value: unknown): string {
  if (value instanceof Call) return value.text;
  if (Array.isArray(value)) return `[${value.map(yamlOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${yamlOf(inner)}`).join(", ")}}`;
}

/** What a check of the configuration says, before anything that is recorded is hidden in it. */
async function problemsOf({ config, files = {}, env = {}, printed = "" }: World): Promise<readonly Problem[]> {
  const run = Array.from({ length: 99 }, () => ({ status: 0, stdout: printed, stderr: "" }));
  const { host } = configWorld({
    files: { [`${REPO}/atmos.yaml`]: yamlOf(config), ...files },
    env: { ATMOS_TRUST: "1", ...env },
    run,
  });
  try {
    const { root, problems } = await loadConfig(host, { ...NOTHING_NAMED, everyProblem: true });
    return [...problems, ...(await validateAuth(host, root)).problems];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const place = { file: "", line: 1, column: 1 };
    return [{ severity: "error", place, path: "", message: `${error.message} ${renderRemedy({}, error)}` }];
  }
}

function leaks(problems: readonly Problem[], text: string): readonly string[] {
  return problems.map(({ path, message }) => `${path}: ${message}`).filter((line) => line.includes(text));
}

/** Every place of a schema where a scalar may stand, `*` for the members of lists and of mappings with any keys. */
function leavesOf(schema: GenericSchema, path: readonly string[] = []): readonly (readonly string[])[] {
  const fields = Object.entries(getFields(schema) ?? {}).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
  const members = [getValues(schema), getMember(schema, 0)].filter((inner) => inner !== undefined);
  return [path, ...fields, ...members.flatMap((inner, at) => leavesOf(inner, [...path, at === 0 ? "*" : "0"]))];
}

/** The value with another one at a path. */
function withAt(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (key === "0") return [withAt(undefined, rest, put)];
  const map = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  return { ...map, [key]: withAt((map as Record<string, unknown>)[key], rest, put) };
}

/** The example of a kind, as it stands in the auth section, and the name of its entry. */
function exampleOf({ section, kind }: RegisteredKind): { readonly auth: unknown; readonly at: readonly string[] } {
  const entry = parseYaml(kind.example) as Record<string, unknown>;
  if (section === "keyring") return { auth: entry, at: ["keyring"] };
  return { auth: { [section]: entry }, at: [section, Object.keys(entry)[0]!] };
}

const KINDS = await registeredKinds();

for (const one of KINDS) {
  Deno.test(`fetched values: no problem of ${one.section} ${one.key} quotes one, whatever field has it`, async () => {
    const { auth, at } = exampleOf(one);
    let named = 0;
    for (const leaf of leavesOf(one.kind.schema)) {
      const config = { auth: withAt(auth, [...at, ...leaf], new Call("!env CANARY")) };
      for (const text of CANARIES) {
        const problems = await problemsOf({ config, env: { CANARY: text } });
        deepEqual(leaks(problems, text), [], leaf.join("."));
        named += leaks(problems, "the value of !env CANARY").length;
        deepEqual(leaks(problems, "did you mean"), [], leaf.join("."));
      }
    }
    ok(named > 5, "none was told of");
  });

  Deno.test(`fetched values: ${one.section} ${one.key}: nor does it for any other function`, async () => {
    const { auth, at } = exampleOf(one);
    for (const [call, worldOf] of Object.entries(CALLS)) {
      const put = (config: unknown, leaf: readonly string[]) => withAt(config, [...at, ...leaf], new Call(call));
      const leaves = leavesOf(one.kind.schema).filter((leaf) => leaf.length > 0);
      const named: string[] = [];
      for (const text of CANARIES) {
        for (const config of [auth, {}].map((base) => leaves.reduce(put, base))) {
          const problems = await problemsOf({ config: { auth: config }, ...worldOf(text) });
          deepEqual(leaks(problems, text), [], call);
          named.push(...leaks(problems, `the value of ${call.replaceAll('"', "").replace(" print", "")}`));
        }
      }
      ok(named.length > 5, `${call} brought nothing`);
    }
  });

  Deno.test(`fetched values: ${one.section} ${one.key}: nor a key of a mapping from beyond the tree`, async () => {
    const { auth, at } = exampleOf(one);
    const files = {
      [`${HOME}/k.yaml`]: "zqkey: {zqinner: zqvalue, KIND: zqkind, kidn: 1}\nZQKEY: [{zqitem: 2}]\nkinb: 1\n",
    };
    for (const leaf of leavesOf(one.kind.schema)) {
      const config = { auth: withAt(auth, [...at, ...leaf], new Call("!include ~/k.yaml")) };
      const problems = await problemsOf({ config, files });
      for (const text of ["zq", "ZQ", "kidn", "kinb"]) deepEqual(leaks(problems, text), [], leaf.join("."));
    }
  });
}

Deno.test("fetched values: no problem quotes one in the settings of the auth section and of atmos.yaml", async () => {
  const auth = Object.keys(getFields(AUTH)!).map((key) => ["auth", key]);
  const logs = [["auth", "logs", "level"], ["auth", "logs", "file"], ["auth", "keyring", "type"], ["auth"]];
  const others = [["import"], ["import", "0"], ["profiles", "default"], ["profiles", "base_path"], ["base_path"]];
  const variables = ["ATMOS_PROFILE", "ATMOS_AUTH_REALM", "ATMOS_KEYRING_TYPE", "ATMOS_BASE_PATH"];
  const places = [...auth, ...logs, ...others, ...variables.map((name) => ["env", name])];
  for (const place of places) {
    for (const [call, worldOf] of Object.entries(CALLS)) {
      for (const text of [...CANARIES, "sytem", "no-such-profile/x"]) {
        const config = withAt({ auth: { keyring: { type: "system" } } }, place, new Call(call));
        const problems = await problemsOf({ config, ...worldOf(text) });
        deepEqual(leaks(problems, text), [], `${call} at ${place.join(".")}`);
      }
    }
  }
});

Deno.test("fetched values: a variable that is not set counts as nothing where no text may be empty", async () => {
  let missing = 0;
  for (const one of KINDS) {
    const { auth, at } = exampleOf(one);
    const fields = leavesOf(one.kind.schema).filter((path) => path.length > 0 && path[0] !== "kind");
    // A member of a list, or of a mapping with any keys, is there because it is written.
    for (const leaf of fields.filter((path) => !path.includes("*") && path.at(-1) !== "0")) {
      const config = { auth: withAt(auth, [...at, ...leaf], new Call("!env GONE")) };
      const errors = (await problemsOf({ config })).filter(({ severity }) => severity === "error");
      const refused = errors.filter(({ message }) => /^found (?:""|text)/.test(message));
      deepEqual(refused, [], `${one.key} ${leaf.join(".")}`);
      missing += errors.filter(({ message }) => message.startsWith("missing: ")).length;
    }
  }
  ok(missing > 5, String(missing));
});

const LISTS = ["tree", "table", "json", "yaml", "mermaid", "graphviz"];
const COMMANDS = [
  ["auth", "validate"],
  ["auth", "validate", "--output", "json"],
  ["auth", "validate", "--verbose", "--logs-level", "debug"],
  ...LISTS.map((format) => ["auth", "list", "--format", format]),
  ["auth", "status", "-i", "dev"],
  ...["yaml", "json"].flatMap((format) => [
    ["describe", "component", "eks", "-s", "dev", "--format", format],
    ["describe", "component", "eks", "-s", "dev", "--format", format, "--provenance"],
  ]),
];

/** A stack that takes the variable in every way there is. */
const STACK = `vars: {stage: dev, a: !env CANARY, b: '{{ env "CANARY" }}', c: ['x-{{ .vars.a }}'], d: !include ~/d.yaml}
components: {terraform: {eks: {vars: {e: '{{ .vars.b }}', f: !template '{"g": "{{ .vars.a }}"}'}}}}
`;

Deno.test("fetched values: no command that looks at the configuration prints one, where it is valid, too", async () => {
  const call = new Call("!env CANARY");
  const identity = {
    kind: "aws/permission-set",
    via: { provider: "sso" },
    principal: { name: call, account: call },
    region: call,
    tags: [call],
    alias: call,
  };
  const integration = {
    kind: "aws/eks",
    via: { identity: "dev" },
    spec: { cluster: { name: call, region: call, alias: call } },
  };
  const sso = { kind: "aws/iam-identity-center", region: call, start_url: "https://x.awsapps.com/start", tags: [call] };
  const auth = { providers: { sso }, identities: { dev: identity }, integrations: { a: integration, b: integration } };
  for (const text of ["xx-canary-7", "canary", "874512367123"]) {
    const stacks = { base_path: "stacks", included_paths: ["*"], name_pattern: "{stage}" };
    const config = { auth, stacks, templates: { settings: { enabled: true } } };
    const files = {
      [`${REPO}/atmos.yaml`]: yamlOf(config),
      [`${REPO}/stacks/dev.yaml`]: STACK,
      [`${HOME}/d.yaml`]: `${text}: {x: ${text}}\n`,
    };
    for (const args of COMMANDS) {
      const { out, err } = await memoryAtmos(args, { files, env: { CANARY: text } });
      deepEqual([out, err].filter((printed) => printed.includes(text)), [], args.join(" "));
      if (args[0] === "describe") ok(out.includes("[!env CANARY]"), out + err);
    }
  }
});

Deno.test("fetched values: what a command would give that may not run yet is no error", async () => {
  for (const one of KINDS) {
    const { auth, at } = exampleOf(one);
    for (const leaf of leavesOf(one.kind.schema).filter((path) => path.length > 0 && path[0] !== "kind")) {
      const config = { auth: withAt(auth, [...at, ...leaf], new Call("!exec print")) };
      const { err } = await memoryAtmos(["auth", "validate"], { files: { [`${REPO}/atmos.yaml`]: yamlOf(config) } });
      ok(!/found the value of !exec/.test(err), `${leaf.join(".")}: ${err}`);
      ok(/!exec does not run until you trust it/.test(err), err);
    }
  }
});

Deno.test("fetched values: whatever is said later hides one, unless a file of the tree says it", async () => {
  for (const [at, [call, worldOf]] of Object.entries(CALLS).entries()) {
    const text = `recorded-${at}`;
    await problemsOf({ config: { auth: { providers: { a: new Call(call) } } }, ...worldOf(text) });
    equal(hideRecordedTexts(text) === text, call.includes('"c.json'), call);
  }
});
