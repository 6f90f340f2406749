import { deepEqual, equal } from "node:assert/strict";
import { finishedComponent, finishError, type FinishInput } from "../../../support/config/finished_component.ts";

const DEV = "stacks/deploy/dev.yaml";

/** The vars of `app`, whose own these lines are. */
async function varsOf(lines: string, { files = {}, ...more }: Partial<FinishInput> = {}) {
  const text = `vars: {stage: dev}\ncomponents: {terraform: {app: {vars: {${lines}}}}}\n`;
  const { vars, unresolved } = await finishedComponent({ files: { [DEV]: text, ...files }, ...more });
  const { stage: _stage, ...own } = vars as Record<string, unknown>;
  return { vars: own, unresolved };
}

async function errorOf(lines: string, files: Readonly<Record<string, string>> = {}) {
  const text = `vars: {stage: dev}\ncomponents: {terraform: {app: {vars: {${lines}}}}}\n`;
  return await finishError({ files: { [DEV]: text, ...files } });
}

Deno.test("!template: JSON, a list or mapping in YAML, else text", async () => {
  const cases: readonly (readonly [string, unknown])[] = [
    [`'"quoted"'`, "quoted"],
    ['\'[1, "a", {"b": null}]\'', [1, "a", { b: null }]],
    ["'{{ toJson (dict \"a\" (list 1 2)) }}'", { a: [1, 2] }],
    ["'12'", 12],
    ["'true'", true],
    ["'null'", null],
    ["'0644'", "0644"],
    ["'yes'", "yes"],
    ["'~'", "~"],
    ["' two words '", "two words"],
    ["'[a, b]'", ["a", "b"]],
    ['"a: 1\\nb: [x]\\n"', { a: 1, b: ["x"] }],
    ['"- a\\n- b\\n"', ["a", "b"]],
    ["'[a'", "[a"],
    ["'{{ \"\" }}'", ""],
    ["'https://a.b/c'", "https://a.b/c"],
    ["'!env HOME'", "!env HOME"],
  ];
  for (const [text, value] of cases) {
    deepEqual((await varsOf(`x: !template ${text}`)).vars, { x: value }, text);
  }
});

Deno.test("!env: the component's variables, then the process's, then the default", async () => {
  const env = { OUTER: "outer", BOTH: "outer", "SELF": "self" };
  const files = {
    [DEV]: `env: {STACK: stack, OVER: stack, NUMBER: 5, SELF: !env SELF, CHAIN: !env OVER, NONE: null}
vars: {stage: dev, of_stack: !env OVER}
terraform: {env: {KIND: kind}}
components:
  terraform:
    base: {metadata: {type: abstract}, env: {BASE: base}}
    app:
      metadata: {inherits: [base]}
      env: {OVER: component, BOTH: own, MADE: "{{ .vars.stage }}-x"}
      vars:
        list: [!env STACK, !env OVER, !env KIND, !env BASE, !env BOTH, !env OUTER, !env MADE, !env NUMBER, !env SELF]
        chain: !env CHAIN
        default: !env 'GONE "a default"'
        quotes: !env 'GONE "say ""hi"""'
        single: !env "GONE 'it''s'"
        empty: !env GONE
        unset: !env NONE fallback
`,
  };
  const { vars } = await finishedComponent({ files, env });
  deepEqual(vars, {
    stage: "dev",
    of_stack: "component",
    list: ["stack", "component", "kind", "base", "own", "outer", "dev-x", "5", "self"],
    chain: "component",
    default: "a default",
    quotes: 'say "hi"',
    single: "it's",
    empty: "",
    unset: "fallback",
  });
});

Deno.test("functions in locals are called before the locals are used", async () => {
  const files = {
    [DEV]: `env: {ZONE: own.example}
settings: {port: !env PORT 80}
locals:
  host: !env HOST_NAME
  zone: !env ZONE
  url: "https://{{ .locals.host }}.{{ .locals.zone }}:{{ .settings.port }}"
  file: net
  net: !include "../{{ .locals.file }}.yaml"
  made: !template '{{ toJson .locals.net.list }}'
  raw: !literal "x y"
vars: {stage: dev, url: "{{ .locals.url }}", first: "{{ index .locals.made 0 }}", raw: "{{ .locals.raw }}"}
components: {terraform: {app: {vars: {inner: !include "../{{ .locals.file }}.yaml .list"}}}}
`,
    "stacks/net.yaml": "list: [a, b]\n",
  };
  const { vars } = await finishedComponent({ files, env: { HOST_NAME: "db" } });
  deepEqual(vars, {
    stage: "dev",
    url: "https://db.own.example:80",
    first: "a",
    raw: "x y",
    inner: ["a", "b"],
  });
});

Deno.test("what is made of a local whose function is not called is that function, never text with it inside", async () => {
  const files = {
    [DEV]: `locals:
  id: !terraform.output vpc id
  arn: "arn:{{ .locals.id }}"
  fine: "x"
vars: {stage: dev, arn: "{{ .locals.arn }}", long: "a {{ .locals.id }} b", fine: "{{ .locals.fine }}"}
components: {terraform: {app: {}}}
`,
  };
  const { vars, unresolved } = await finishedComponent({ files });
  const call = "!terraform.output vpc id";
  deepEqual(vars, { stage: "dev", arn: call, long: call, fine: "x" });
  equal(unresolved.length, 1);
});

Deno.test("functions that are not called stay as they are written, each with a reason", async () => {
  const names = ["terraform.output a b", "terraform.state a b", "store a b", "store.get a b", "secret A", "exec ls"];
  const others = ["cel 1", "emulator a", "git.sha", "labels", "tags", "version", "aws.organization_id"];
  for (const call of [...names, ...others]) {
    const { vars, unresolved } = await varsOf(`x: !${call}, y: 1`);
    deepEqual(vars, { x: `!${call}`, y: 1 });
    deepEqual(unresolved, [
      `${DEV}:2:42: !${call.split(" ")[0]} cannot be resolved by atmos: write its value here instead`,
    ]);
  }
});

Deno.test("any other function that fails is an error at its place", async () => {
  const at = `${DEV}:2:42: `;
  const cases: readonly (readonly [string, string])[] = [
    ["x: !nope a", "there is no function of this name; put a value that begins with ! in quotes"],
    ["x: !random b", "!random: it takes nothing, a greatest number, or a least and a greatest one"],
    ["x: !repo-root", "!repo-root: the current directory is in no Git repository, and there is no default"],
    ["x: !env", "!env: it takes a variable's name and maybe a default"],
    ["x: !env A b c", "!env: it takes a variable's name and maybe a default"],
    ["x: !env 'A \"b'", '!env: a quote is left open at "b'],
  ];
  for (const [lines, found] of cases) equal(await errorOf(lines), at + found);
});

Deno.test("what lies below and above a function is merged with what it gives", async () => {
  const files = {
    "stacks/catalog/net.yaml": `settings: {team: shop}
components:
  terraform:
    base:
      metadata: {type: abstract}
      vars:
        tags: {cost: 1, env: none}
        list: [a]
        later: !template '{"x": {"y": 1}}'
        text: !template plain
`,
    [DEV]: `import: [catalog/net]
vars: {stage: dev, tags: {all: 1}}
components:
  terraform:
    mid:
      metadata: {type: abstract, inherits: [base]}
      vars:
        tags: !template '{{ toJson (dict "team" .settings.team "env" .vars.stage) }}'
        list: !append [b]
    app:
      metadata: {inherits: [mid]}
      vars:
        tags: {cost: "{{ .vars.stage }}", gone: !unset }
        list: !template '["c"]'
        later: {x: {z: 2}}
        text: {a: 1}
`,
  };
  const { vars } = await finishedComponent({ files });
  deepEqual(vars, {
    stage: "dev",
    tags: { all: 1, cost: "dev", env: "dev", team: "shop" },
    list: ["c"],
    later: { x: { y: 1, z: 2 } },
    text: { a: 1 },
  });
});

Deno.test("a map over a function that is not called is the map", async () => {
  const files = {
    [DEV]: `vars: {stage: dev, a: !terraform.output vpc tags, b: {x: 1}}
components: {terraform: {app: {vars: {a: {x: 1}, b: !terraform.output vpc tags, c: "{{ .vars.a.x }}"}}}}
`,
  };
  const { vars, unresolved } = await finishedComponent({ files });
  deepEqual(vars, { stage: "dev", a: { x: 1 }, b: "!terraform.output vpc tags", c: "1" });
  equal(unresolved.length, 1);
});

Deno.test("lists join what a function gives as the strategy says", async () => {
  const files = {
    [DEV]: `vars: {stage: dev, a: [1], b: !template '[1]', c: [{x: 1}]}
components: {terraform: {app: {vars: {a: !template '[2]', b: !append [2], c: !template '[{"y": 2}]'}}}}
`,
  };
  const byStrategy = {
    replace: { a: [2], b: [1, 2], c: [{ y: 2 }] },
    append: { a: [1, 2], b: [1, 2], c: [{ x: 1 }, { y: 2 }] },
    merge: { a: [2], b: [1, 2], c: [{ x: 1, y: 2 }] },
  };
  for (const [strategy, own] of Object.entries(byStrategy)) {
    const { vars } = await finishedComponent({ files, config: `settings: {list_merge_strategy: ${strategy}}\n` });
    deepEqual(vars, { stage: "dev", ...own }, strategy);
  }
});

Deno.test("templates of a component see what functions give, the same as stands in the end", async () => {
  const files = {
    [DEV]: `env: {MADE: "{{ .vars.stage }}", PLAIN: p}
vars: {stage: dev}
components:
  terraform:
    app:
      vars:
        host: !env NAME
        own: !env PLAIN
        late: !env MADE
        port: !random 1000 60000
        map: !template '{"a": {"b": 1}}'
        id: !terraform.output vpc id
        url: "https://{{ .vars.host }}.{{ .vars.own }}:{{ .vars.port }}/{{ .vars.map.a.b }}"
        whole: "{{ .vars.map.a }}"
        lateUrl: "x-{{ .vars.late }}"
        arn: "arn:{{ .vars.id }}"
        same: "{{ .vars.id }}"
`,
  };
  const { vars, unresolved } = await finishedComponent({ files, env: { NAME: "db" } });
  const { port, url, whole, arn, same, late, lateUrl } = vars as Record<string, unknown>;
  equal(url, `https://db.p:${port}/1`);
  deepEqual([whole, late, lateUrl], [{ b: 1 }, "dev", "x-dev"]);
  deepEqual([arn, same], ["!terraform.output vpc id", "!terraform.output vpc id"]);
  deepEqual(unresolved.map((line) => line.replace(/^\S+ /, "")), [
    "!terraform.output cannot be resolved by atmos: write its value here instead",
  ]);
});
