import { deepEqual, equal, match } from "node:assert/strict";
import { finishedComponent, finishError } from "../../../support/config/finished_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

const DEV = "stacks/deploy/dev.yaml";
const HEAD = "vars: {stage: dev}\ncomponents: {terraform: {app: {vars: {";

async function varsOf(lines: string, files: Readonly<Record<string, string>>) {
  const { vars } = await finishedComponent({ files: { [DEV]: `${HEAD}${lines}}}}}\n`, ...files }, env: { WHO: "me" } });
  const { stage: _stage, ...own } = vars as Record<string, unknown>;
  return own;
}

const NET = "nets:\n  shop-dev-1: [10.0.0.0/16]\n  a.b: {c d: 1, users: {git-bot: x}}\n  off: false\n  none: null\n";

Deno.test("!include: queries as yq has them, in quotes or not", async () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["'../net.yaml .nets.shop-dev-1'", ["10.0.0.0/16"]],
    [`'../net.yaml ".nets.shop-dev-1"'`, ["10.0.0.0/16"]],
    [`"../net.yaml '.nets.shop-dev-1[0]'"`, "10.0.0.0/16"],
    [`'../net.yaml .nets.shop-dev-1[-1]'`, "10.0.0.0/16"],
    [`'../net.yaml .nets["a.b"]["c d"]'`, 1],
    [`'../net.yaml .nets."a.b"."c d"'`, 1],
    [`'../net.yaml .["nets"].["a.b"].users["git-bot"]'`, "x"],
    ["'../net.yaml .nets | .shop-dev-1 | .[0]'", "10.0.0.0/16"],
    [`'../net.yaml .nets.gone // "default"'`, "default"],
    [`'../net.yaml ".nets.gone // 5"'`, 5],
    ["'../net.yaml .nets.off // .nets.none // true'", true],
    ["'../net.yaml .nets.gone // []'", []],
    ["'../net.yaml .nets.gone // {}'", {}],
    ["'../net.yaml (.gone // .nets) | .off'", false],
    [`'"../with space.yaml" .a'`, 1],
    ["../net.yaml .", {
      nets: { "shop-dev-1": ["10.0.0.0/16"], "a.b": { "c d": 1, users: { "git-bot": "x" } }, off: false, none: null },
    }],
    ["../list.json", [{ a: [1] }, 2]],
    ["'../list.json .[0].a'", [1]],
    ["../empty.yaml", null],
  ];
  const files = {
    "stacks/net.yaml": NET,
    "stacks/with space.yaml": "a: 1\n",
    "stacks/list.json": '[{"a": [1]}, 2]',
    "stacks/empty.yaml": "# nothing\n",
  };
  for (const [call, value] of cases) deepEqual(await varsOf(`x: !include ${call}`, files), { x: value }, call);
});

Deno.test("!include: as a whole section, in lists, under a merge key, and beside what is merged with it", async () => {
  const files = {
    [DEV]: `import: !include ../imports.yaml
vars: !include ../vars.yaml
settings: {<<: !include ../vars.yaml, own: 1}
env: {<<: !include ../../.env, C: c}
components:
  terraform: !include ../components.yaml
`,
    "stacks/imports.yaml": "- catalog/a\n",
    "stacks/vars.yaml": "stage: dev\ntags: {a: 1}\n",
    "stacks/catalog/a.yaml": "vars: {tags: {b: 2}, deep: [!include ../list.yaml , {c: !include ../list.yaml }]}\n",
    "stacks/list.yaml": "[1, 2]\n",
    "stacks/components.yaml":
      'app: {vars: {tags: {c: 3}, env: [!env A, !env B, !env C], own: "{{ .settings.own }}"}}\n',
    ".env": 'A=a # first\nexport B="b $A"\nC=never\n',
  };
  const { vars } = await finishedComponent({ files });
  deepEqual(vars, {
    stage: "dev",
    tags: { a: 1, b: 2, c: 3 },
    deep: [[1, 2], { c: [1, 2] }],
    env: ["a", "b a", "c"],
    own: "1",
  });
});

Deno.test("!include: beside the manifest first, then below base_path; functions and templates in the file count", async () => {
  const files = {
    "stacks/deploy/cfg/a.yaml": "where: beside\n",
    "cfg/a.yaml": "where: base\n",
    "cfg/b.yaml": "where: base\nwho: !env WHO\ninner: !include c.yaml\nstage: '{{ .vars.stage }}'\n",
    "cfg/c.yaml": "inner: {list: !append [1], out: !terraform.output a b}\n",
  };
  deepEqual(await varsOf("a: !include cfg/a.yaml, b: !include cfg/b.yaml", files), {
    a: { where: "beside" },
    b: { where: "base", who: "me", inner: { inner: { list: [1], out: "!terraform.output a b" } }, stage: "dev" },
  });
});

Deno.test("!include.raw: the text as it is, whatever the file is called", async () => {
  const files = { "stacks/p.json": '{"a": 1}\n', "stacks/p.yaml": "a: 1\r\n# b", "stacks/p.tfvars": "a = 1\n" };
  deepEqual(await varsOf("a: !include.raw ../p.json, b: !include.raw ../p.yaml, c: !include.raw ../p.tfvars", files), {
    a: '{"a": 1}\n',
    b: "a: 1\r\n# b",
    c: "a = 1\n",
  });
  deepEqual(await varsOf("a: !include ../p.txt", { "stacks/p.txt": "# text: [\n" }), { a: "# text: [\n" });
});

Deno.test("!include: what fails is an error at the call", async () => {
  const files = {
    "stacks/bad.json": "{",
    "stacks/bad.yaml": "a: [\n",
    "stacks/one.yaml": "x: !include two.yaml\n",
    "stacks/two.yaml": "x: !include one.yaml\n",
    "stacks/a.yaml": "a: 1\n",
    "stacks/deep.yaml": "a: !include gone.yaml\n",
    "stacks/.env": "A\n",
    "stacks/proto.json": '{"__proto__": 1}',
  };
  const cases: readonly (readonly [string, RegExp])[] = [
    ["!include", /it takes a file and maybe a path in it/],
    ["!include ../gone.yaml", /!include: there is neither "stacks\/gone\.yaml" nor ".*gone\.yaml"$/],
    ["!include ../bad.json", /"stacks\/bad\.json" is not JSON$/],
    ["!include ../bad.yaml", /bad\.yaml.*line 2/],
    ["!include ../one.yaml", /circular include: .*dev\.yaml -> .*one\.yaml -> .*two\.yaml -> .*one\.yaml/],
    ["!include ../deep.yaml", /there is neither ".*gone\.yaml" nor ".*" \(line 1, column 4\)$/],
    ["'!include ../a.yaml .b'", /^none/],
    ["!include ../a.yaml .b", /"stacks\/a\.yaml" has nothing at \.b$/],
    ["!include '../a.yaml .a +'", /"\.a \+" is no path like/],
    ["!include '../a.yaml keys'", /"keys" is no path like/],
    ["!include https://x.y/z.yaml", /"https:\/\/x\.y\/z\.yaml" is not a local file/],
    ["!include ../.env", /\.env", line 1, column 1: this is not a NAME=value line$/],
    ["!include ../proto.json", /a key must not be __proto__/],
    ["!include [a]", /!include takes text, not a list or a mapping/],
  ];
  for (const [call, wanted] of cases) {
    const error = await finishError({ files: { [DEV]: `${HEAD}x: ${call}}}}}\n`, ...files } });
    match(error, wanted, call);
    if (!error.startsWith("none")) match(error, /^stacks\/deploy\/dev\.yaml:2:42: /, call);
  }
});

Deno.test("!include: a stack is named by what it includes, and others are no matter", async () => {
  const { index } = await stackRepository({
    "atmos.yaml": 'stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n',
    "stacks/account.json": '{"stage": "dev"}',
    "stacks/deploy/a.yaml": "vars: {stage: !include ../account.json .stage}\ncomponents: {terraform: {app: {}}}\n",
    "stacks/deploy/b.yaml": "vars: !include ../b.yaml\ncomponents: {terraform: {app: {vars: !include ../b.yaml}}}\n",
    "stacks/deploy/c.yaml": "vars: !include ../gone.yaml\ncomponents: {terraform: {app: {}}}\n",
    "stacks/b.yaml": "stage: prod\n",
  });
  const names: string[] = [];
  for (const stack of await index.stacks()) names.push(...(await index.namesOf(stack)).map(({ text }) => text));
  deepEqual(names, ["dev", "prod"]);
  equal(index.failures.length, 1);
});
