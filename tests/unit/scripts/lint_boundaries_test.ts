import assert from "node:assert/strict";
import { checkBoundaries } from "../../../scripts/lint_boundaries.ts";
import { checkNames } from "../../../scripts/lint/names.ts";
import { checkPins } from "../../../scripts/lint/packages.ts";
import { formatFinding } from "../../../scripts/lint/finding.ts";

type Files = Readonly<Record<string, string>>;

/** `line:column rule` of every finding, with its file when there are several. */
function refusals(files: Files): readonly string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return checkBoundaries(sources).map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
}

function inDocker(text: string): readonly string[] {
  return refusals({ "src/docker/locate.ts": text });
}

const HOST = { "src/host/host.ts": "export interface Host { readonly read: string }\nexport const x = 1;\n" };

const REFUSED_IMPORTS: Readonly<Record<string, Files>> = {
  "to a higher rank": { "src/aws/eks/eks.ts": 'import { x } from "../../cli/args/a.ts";\nexport const y = x;' },
  "to an equal rank": { "src/aws/eks/eks.ts": 'import { x } from "../../docker/a.ts";\nexport const y = x;' },
  "of a type to a higher rank": {
    "src/aws/eks/eks.ts": 'import type { X } from "../../cli/args/a.ts";\nexport const y: X = 1;',
  },
  "lazily to a higher rank": { "src/aws/eks/eks.ts": 'import("../../cli/args/a.ts");' },
  "by re-export": { "src/aws/eks/eks.ts": 'export { x } from "../../cli/args/a.ts";\nexport const y = 1;' },
  "to a higher room of the same part": {
    "src/aws/sts/sts.ts": 'import { x } from "../credentials/a.ts";\nexport const y = x;',
  },
  "to a room beside it": { "src/aws/eks/eks.ts": 'import { x } from "../ecr/a.ts";\nexport const y = x;' },
  "of a type to a higher room": {
    "src/cli/output/text.ts": 'import type { X } from "../login/a.ts";\nexport const y: X = 1;',
  },
  "lazily to a higher room": { "src/auth/model/chain.ts": 'import("../login/a.ts");' },
  "from a room to its parent": { "src/config/files/a.ts": 'import { x } from "../b.ts";\nexport const y = x;' },
  "of a command by another command": {
    "src/cli/commands/a/run.ts": 'import { x } from "../b/run.ts";\nexport const runA = x;',
  },
  "of a command by another room": {
    "src/cli/login/a.ts": 'import { x } from "../commands/b/run.ts";\nexport const y = x;',
  },
  "out of src": { "src/aws/eks/eks.ts": 'import { x } from "../../a.ts";\nexport const y = x;' },
  "by the app to main.ts": { "src/app.ts": 'import { x } from "../main.ts";\nexport const y = x;' },
};

/** What else a command's folder has. */
function commandOf(path: string): Files {
  return path.startsWith("src/cli/commands/a/")
    ? { "src/cli/commands/a/command.ts": "export const definition = 1;" }
    : {};
}

for (const [what, files] of Object.entries(REFUSED_IMPORTS)) {
  Deno.test(`an import ${what} is refused`, () => {
    const path = Object.keys(files)[0];
    assert.deepEqual(refusals({ ...commandOf(path!), ...files }), [`${path}:1:1 rank`]);
  });
}

Deno.test("an import type expression counts for the rank", () => {
  assert.deepEqual(inDocker('export type T = import("../cli/args/command.ts").Flag;'), [
    "src/docker/locate.ts:1:17 rank",
  ]);
});

Deno.test("imports of lower ranks, the same folder and its sub-folders are accepted", () => {
  assert.deepEqual(
    refusals({
      ...HOST,
      "src/cli/commands/version/command.ts": 'import { c } from "../../args/command.ts";\nexport const definition = c;',
      "src/cli/commands/version/run.ts": "export function runVersion() {}",
      "src/cli/args/command.ts":
        'import type { Host } from "../../host/host.ts";\nexport const c = (h: Host) => h.read;',
      "src/cli/registry.ts": 'export const r = { v: () => import("./commands/version/command.ts") };',
      "src/app.ts": 'import { r } from "./cli/registry.ts";\nexport const app = r;',
      "main.ts": 'import { app } from "./src/app.ts";\napp.v();',
    }),
    [],
  );
});

Deno.test("a folder without a rank is refused", () => {
  for (const path of ["src/misc/a.ts", "src/aws/misc/a.ts", "src/misc.ts"]) {
    assert.deepEqual(refusals({ [path]: "export const a = 1;" }), [`${path}:1:1 rank`]);
  }
});

Deno.test("a circle inside a folder is refused and named", () => {
  const sources = [
    { path: "src/docker/a.ts", text: 'import { b } from "./b.ts";\nexport const a = () => b;' },
    { path: "src/docker/b.ts", text: 'import { c } from "./c.ts";\nexport const b = () => c;' },
    { path: "src/docker/c.ts", text: '\nimport { a } from "./a.ts";\nexport const c = () => a;' },
  ];
  assert.deepEqual(checkBoundaries(sources).map(formatFinding), [
    "src/docker/c.ts:2:1 cycle: src/docker/a.ts -> src/docker/b.ts -> src/docker/c.ts -> src/docker/a.ts",
  ]);
});

Deno.test("type-only and lazy imports close no circle", () => {
  for (const back of ['import type { A } from "./a.ts";', 'import { type A } from "./a.ts";']) {
    assert.deepEqual(
      refusals({
        "src/docker/a.ts": 'import { b } from "./b.ts";\nexport type A = typeof b;',
        "src/docker/b.ts": `${back}\nexport const b = (a: A) => a;\nexport const c = () => import("./a.ts");`,
      }),
      [],
    );
  }
});

Deno.test("a barrel is refused, with and without imports", () => {
  const target = { "src/docker/b.ts": "export const b = 1;" };
  for (
    const text of ['export { b } from "./b.ts";', 'export * from "./b.ts";', 'import { b } from "./b.ts";export { b };']
  ) {
    assert.deepEqual(refusals({ ...target, "src/docker/a.ts": text }), ["src/docker/a.ts:1:1 barrel"]);
  }
});

const EFFECTS: readonly (readonly [string, string])[] = [
  ["Deno", "export const a = Deno.pid;"],
  ["Deno as a value", "const d = Deno; export const a = d.pid;"],
  ["Deno destructured", "export const { pid } = Deno;"],
  ["Deno as a type", "export let a: Deno.FsFile;"],
  ["fetch", 'export const a = fetch("x");'],
  ["fetch as a value", "const get = fetch; export const a = get;"],
  ["fetch in an object", "export const a = { fetch };"],
  ["fetch as a type", "export let a: typeof fetch;"],
  ["console", 'console.log("x");'],
  ["Date.now", "export const a = Date.now();"],
  ["Date.now by a string", 'export const a = Date["now"]();'],
  ["Date.now by a computed name", 'export const a = (n: "now") => Date[n]();'],
  ["Date destructured", "export const { now } = Date;"],
  ["new Date()", "export const a = new Date();"],
  ["new Date without brackets", "export const a = new Date;"],
  ["Date()", "export const a = Date();"],
  ["Date as a value", "const D = Date; export const a = new D();"],
  ["Math.random", "export const a = Math.random();"],
  ["Math destructured", "export const { random } = Math;"],
  ["setTimeout", "setTimeout(() => {}, 1);"],
  ["setInterval", "setInterval(() => {}, 1);"],
  ["AbortSignal.timeout", "export const a = AbortSignal.timeout(1);"],
  ["performance.now", "export const a = performance.now();"],
  ["crypto.getRandomValues", "export const a = crypto.getRandomValues(new Uint8Array(1));"],
  ["crypto.randomUUID", "export const a = crypto.randomUUID();"],
  ["globalThis", 'export const a = globalThis["De" + "no"];'],
  ["window", "export const a = window;"],
  ["eval", 'export const a = (0, eval)("Deno");'],
  ["Function", 'export const a = Function("return Deno")();'],
  ["process", "export const a = process.env;"],
  ["a declaration", "declare const fetch: () => void; fetch();"],
];

for (const [what, text] of EFFECTS) {
  Deno.test(`an effect outside src/host is refused: ${what}`, () => {
    const found = inDocker(text);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0]!, /^src\/docker\/locate\.ts:1:\d+ effect$/);
    assert.deepEqual(refusals({ "src/host/net/net.ts": text }), []);
  });
}

Deno.test("effects in main.ts and app.ts are refused as well", () => {
  assert.deepEqual(refusals({ "main.ts": "Deno.exit(1);" }), ["main.ts:1:1 effect"]);
  assert.deepEqual(refusals({ "src/app.ts": "Deno.exit(1);" }), ["src/app.ts:1:1 effect"]);
});

Deno.test("pure uses and own names that look like effects are accepted", () => {
  assert.deepEqual(
    inDocker(`
      export const a = (when: Date) => when instanceof Date ? new Date(1) : Date.parse("2020-01-01");
      export const b = Math.max(1, 2), c = crypto.subtle, d = Date.UTC(2020, 1);
      export const e = (host: { net: { fetch(url: string): void } }) => host.net.fetch("x");
      export function f(fetch: (url: string) => void, { console }: { console: string }) { fetch(console); }
      export interface G { readonly process: string; setTimeout(): void }
      export const h = (g: G) => ({ process: g.process, now: "Date.now() Deno fetch" }), i = AbortSignal.any([]);
      // Deno.exit(), fetch(), console.log()
    `),
    [],
  );
});

const PACKAGES: readonly (readonly [string, string])[] = [
  ["node:", 'import fs from "node:fs";\nexport const a = fs;'],
  ["jsr:", 'import a from "jsr:@std/path@1";\nexport const b = a;'],
  ["https:", 'import a from "https://deno.land/x/a.ts";\nexport const b = a;'],
  ["http:", 'export * from "http://127.0.0.1/a.ts";\nexport const b = 1;'],
  ["npm: inline", 'import a from "npm:diff@9.0.0";\nexport const b = a;'],
  ["yaml", 'import a from "yaml";\nexport const b = a;'],
  ["a path of yaml", 'import type a from "yaml/browser";\nexport let b: a;'],
  ["typescript", 'import a from "typescript";\nexport const b = a;'],
  ["the browser's library", 'import { launch } from "puppeteer-core";\nexport const b = launch;'],
  ["a template", 'const a = "b";\nexport const c = import(`./${a}.ts`);'],
  ["a variable", 'const a = "./b.ts";\nexport const c = import(a);'],
];

for (const [what, text] of PACKAGES) {
  Deno.test(`a package where it does not belong is refused: ${what}`, () => {
    const found = inDocker(text);
    assert.equal(found.length, 1, found.join("\n"));
    assert.match(found[0]!, /^src\/docker\/locate\.ts:[12]:\d+ package$/);
  });
}

Deno.test("packages where they belong are accepted", () => {
  assert.deepEqual(
    refusals({
      "src/host/files/files.ts": 'import fs from "node:fs";\nexport const a = fs;',
      "src/host/process/browse.ts": 'import { launch } from "puppeteer-core";\nexport const b = launch;',
      "src/aws/eks/eks.ts": 'export const c = () => import("@aws-sdk/client-eks");',
      "src/formats/yaml/parse.ts": 'import { load } from "js-yaml";\nexport const d = load;',
    }),
    [],
  );
});

Deno.test("imports in deno.json are exact npm versions", () => {
  assert.deepEqual(checkPins({ a: "npm:a@1.2.3", "@b/c": "npm:@b/c@0.1.0" }), []);
  for (const target of ["npm:a@^1.2.3", "npm:a@1", "npm:a", "jsr:@a/b@1.0.0", "https://a.example/b.ts", "./a.ts"]) {
    assert.equal(checkPins({ a: target }).length, 1, target);
  }
});

Deno.test("names are snake_case and say what is inside", () => {
  assert.deepEqual(checkNames(["src/docker/exec_credential.ts", "main.ts", "tests/unit/aws/eks_test.ts"]), []);
  const bad = ["utils", "helpers", "common", "manager", "service", "index", "string_utils", "camelCase", "kebab-case"];
  for (const name of bad) assert.equal(checkNames([`src/docker/${name}.ts`]).length, 1, name);
  assert.deepEqual(checkNames(["src/utils/a.ts"]).map(formatFinding), [
    'src/utils/a.ts:1:1 name: "utils" does not say what is inside',
  ]);
});

const COMMAND = {
  "src/cli/commands/auth_login/command.ts": "export const definition = 1;",
  "src/cli/commands/auth_login/run.ts": "export async function runAuthLogin() {}",
};

Deno.test("a command is a folder with command.ts and run.ts", () => {
  assert.deepEqual(refusals(COMMAND), []);
  const path = "src/cli/commands/auth_login";
  for (
    const [file, text] of [
      ["command.ts", "export const other = 1;"],
      ["command.ts", "const definition = 1;"],
      ["run.ts", "export async function logIn() {}"],
    ] as const
  ) assert.deepEqual(refusals({ ...COMMAND, [`${path}/${file}`]: text }), [`${path}/${file}:1:1 command`]);
  assert.deepEqual(refusals({ [`${path}/command.ts`]: COMMAND[`${path}/command.ts`] }), [`${path}/run.ts:1:1 command`]);
});

Deno.test("a sentence of a lower room that names a command or flag is refused", () => {
  const inEks = (text: string) => refusals({ "src/aws/eks/eks.ts": `export const x = ${text};` });
  for (const text of ['"Log in: atmos auth login"', '"Give --region REGION."', "`Use --alias ${1} here.`"]) {
    assert.deepEqual(inEks(text), ["src/aws/eks/eks.ts:1:18 words"], text);
  }
  for (const text of ['"aws sso login --profile x"', '"--region"', '" --profile x"', '"Wait a minute."']) {
    assert.deepEqual(inEks(text), [], text);
  }
});

Deno.test("a sentence anywhere that types out a command which reads a configuration is refused", () => {
  const inRoom = (path: string, text: string) => refusals({ [path]: `export const x = ${text};` });
  for (const text of ['"Log in: atmos auth login"', "`Run atmos aws eks list ${1}.`", '"See atmos list stacks"']) {
    assert.deepEqual(inRoom("src/cli/doctor/a.ts", text), ["src/cli/doctor/a.ts:1:18 words"], text);
  }
  for (const text of ['"atmos completion bash"', '"Give --region REGION."', '"Correct atmos.yaml"']) {
    assert.deepEqual(inRoom("src/cli/doctor/a.ts", text), [], text);
  }
  assert.deepEqual(inRoom("src/cli/completion/fish_script.ts", '"atmos auth login"'), []);
});

Deno.test("a pattern that looks for words in what is printed is refused", () => {
  const inOutput = (text: string) => refusals({ "src/cli/output/a.ts": `export const x = ${text};` });
  for (const text of ["/^Hint:/", "/atmos (auth|aws)/g", "/[a-z]+ or /u", "new RegExp(y)", "/\\s+Next:/"]) {
    assert.deepEqual(inOutput(text), ["src/cli/output/a.ts:1:18 patterns"], text);
  }
  for (const text of ["/\\r?\\n|\\r/g", "/[.?!]$/", "/\\x1b\\[\\d+m/g", "/\\p{Letter}/u", "/[abc]+/"]) {
    assert.deepEqual(inOutput(text), [], text);
  }
  assert.deepEqual(refusals({ "src/cli/args/a.ts": "export const x = /Hint:/;" }), []);
});
