import { deepStrictEqual, equal, match, rejects } from "node:assert/strict";
import { described } from "../../../support/config/described.ts";

const STACKS = 'stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n';
const ON = `${STACKS}templates: {settings: {enabled: true}}\n`;
const LENIENT = `${STACKS}templates: {settings: {ignore_missing_template_values: true}}\n`;
const LENIENT_ON = `${STACKS}templates: {settings: {enabled: true, ignore_missing_template_values: true}}\n`;

type Files = Readonly<Record<string, string>>;

/** The variables of the component `app` of stack `dev`. */
async function varsOf(files: Files, atmos = STACKS): Promise<unknown> {
  return (await described({ "atmos.yaml": atmos, ...below(files) })).vars;
}

function below(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`stacks/${path}`, text]));
}

function importing(item: string): Files {
  return { "deploy/dev.yaml": `import: [${item}]\nvars: {stage: dev}\n` };
}

const component = (vars: string) => `components: {terraform: {app: {vars: ${vars}}}}\n`;

const CONTEXT =
  "{tags: {team: x, deep: {n: 1}}, zones: [a, b], public: true, count: 3, none: null, name: n1, yes: 'true'}";

Deno.test("import templates: a value that is one reference is what it refers to", async () => {
  const cases: Readonly<Record<string, unknown>> = {
    '"{{ .tags }}"': { team: "x", deep: { n: 1 } },
    "'{{ .tags.deep }}'": { n: 1 },
    '"{{ .zones }}"': ["a", "b"],
    '"{{- .zones -}}"': ["a", "b"],
    '"{{ .public }}"': true,
    '"{{ .count }}"': 3,
    '"{{ .name }}"': "n1",
    '"{{ .yes }}"': "true",
    '"{{ .none }}"': "<no value>",
    '"{{ with .tags }}{{ .deep }}{{ end }}"': { n: 1 },
    '"{{ $t := .tags }}{{ $t }}"': { team: "x", deep: { n: 1 } },
    '["{{ .zones }}", "{{ .public }}"]': [["a", "b"], true],
    '{a: "{{ .tags.deep }}"}': { a: { n: 1 } },
    // What a function makes is a map or a list, and else text.
    "'{{ dict `a` .zones }}'": { a: ["a", "b"] },
    "'{{ eq .count 3 }}'": "true",
    "'{{ add .count 1 }}'": "4",
    "'{{ .tags | toJson }}'": '{"deep":{"n":1},"team":"x"}',
    // Without quotes, what is printed is YAML.
    "{{ .tags | toJson }}": { team: "x", deep: { n: 1 } },
    "{{ .tags }}": { team: "x", deep: { n: 1 } },
    "{{ .public }}": true,
    "{{ .count }}": 3,
    "{{ eq .count 3 }}": true,
    // Anything beside it makes text of it.
    '"a-{{ .name }}"': "a-n1",
    '"{{ .zones }}!"': "[a b]!",
    '" {{ .zones }}"': " [a b]",
    '"{{ .tags }}{{ .tags.deep }}"': "map[deep:map[n:1] team:x]map[n:1]",
    '"{{ .count }}-{{ .public }}"': "3-true",
    "!!str {{ .count }}": "3",
    '{"{{ .count }}": "{{ .count }}", "{{ .public }}-x": 1, "{{ .zones }}": 2}': { "3": 3, "true-x": 1, "[a b]": 2 },
    "|-\n  {{ .zones }}\n": ["a", "b"],
    "|\n  {{ .zones }}\n": "[a b]\n",
    // Texts that look like what stands for a value meanwhile.
    '["value.0.", "{{ .zones }}", value.value.1]': ["value.0.", ["a", "b"], "value.value.1"],
  };
  for (const [written, wanted] of Object.entries(cases)) {
    const catalog = `components:\n  terraform:\n    app:\n      vars:\n        value: ${
      written.replaceAll("\n", "\n        ")
    }\n`;
    for (const name of ["catalog/app.yaml", "catalog/app.yaml.tmpl"]) {
      const path = name === "catalog/app.yaml" ? "catalog/app" : name;
      const files = { ...importing(`{path: ${path}, context: ${CONTEXT}}`), [name]: catalog };
      deepStrictEqual(await varsOf(files), { stage: "dev", value: wanted }, `${name}: ${written}`);
    }
  }
});

Deno.test("import templates: loops, comments and anchors around values", async () => {
  const catalog = `# {{ .zones }} {{ .count }}
components:
  terraform:
  {{- range $name, $tags := .all }}
    {{ $name }}:
      vars: {tags: "{{ $tags }}", count: &count "{{ $.count }}", again: *count} # {{ $tags }}
  {{- end }}
`;
  const files = {
    ...importing("{path: catalog/app, context: {zones: [a], count: 2, all: {app: {a: 1}, other: {b: [2]}}}}"),
    "catalog/app.yaml.tmpl": catalog,
  };
  deepStrictEqual(await varsOf(files), { stage: "dev", tags: { a: 1 }, count: 2, again: 2 });
});

Deno.test("import templates: contexts of nested imports are merged deeply, and the inner one wins", async () => {
  const files = {
    ...importing("{path: catalog/outer, context: {from: outer, deep: {a: outer, p: outer, l: [1, 2]}, only: outer}}"),
    "catalog/outer.yaml": "import: [{path: catalog/middle}]\nvars: {seen: '{{ .from }}'}\n",
    "catalog/middle.yaml":
      "import: [{path: catalog/inner, context: {from: inner, deep: {a: inner, b: '{{ .only }}', l: [3]}}}]\n",
    "catalog/inner.yaml": component("{from: '{{ .from }}', deep: '{{ .deep }}', only: '{{ .only }}'}"),
  };
  deepStrictEqual(await varsOf(files), {
    stage: "dev",
    seen: "outer",
    from: "inner",
    deep: { a: "inner", b: "outer", p: "outer", l: [3] },
    only: "outer",
  });
  const merged = `${STACKS}settings: {list_merge_strategy: append}\n`;
  deepStrictEqual(((await varsOf(files, merged)) as { deep: { l: unknown } }).deep.l, [1, 2, 3]);
});

Deno.test("import templates: the path of an import is made of its own context, too", async () => {
  const files = {
    ...importing("{path: 'catalog/{{ .kind }}-{{ .vars.stage }}', context: {kind: big}}"),
    "catalog/big-dev.yaml": component("{kind: '{{ .kind }}'}"),
  };
  deepStrictEqual(await varsOf(files), { stage: "dev", kind: "big" });
  await rejects(varsOf({ ...files, ...importing("'catalog/{{ .kind }}'") }), /template: there is no \.kind/);
});

Deno.test("import templates: a value that a context lacks is an error, unless the import or atmos.yaml ignores it", async () => {
  const nested = {
    "catalog/app.yaml": `import: [catalog/inner]\n${component("{a: '{{ .given }}-{{ .nope }}', b: '{{ .nope }}'}")}`,
    "catalog/inner.yaml": "vars: {inner: '{{ .given }}'}\n",
  };
  const files = (item: string) => ({ ...nested, ...importing(item) });
  const wanted = { stage: "dev", inner: "g", a: "g-<no value>", b: "<no value>" };
  const plain = "{path: catalog/app, context: {given: g}}";
  await rejects(varsOf(files(plain)), /there is no \.nope; there are: given/);
  const ignoring = plain.replace("}}", "}, ignore_missing_template_values: true}");
  deepStrictEqual(await varsOf(files(ignoring)), wanted);
  deepStrictEqual(await varsOf(files(plain), LENIENT), wanted);
  deepStrictEqual(
    await varsOf(files(plain.replace("}}", "}, ignore_missing_template_values: false}")), LENIENT),
    wanted,
  );
  // It is for the file that is imported, and not for those that this one imports.
  const deeper = { ...files(ignoring), "catalog/inner.yaml": "vars: {inner: '{{ .none }}'}\n" };
  await rejects(varsOf(deeper), /inner\.yaml": template: there is no \.none/);
  deepStrictEqual(((await varsOf(deeper, LENIENT)) as { inner: string }).inner, "<no value>");
});

Deno.test("import templates: a file that is to be skipped is as it is written, those that it imports are not", async () => {
  const files = {
    ...importing("{path: catalog/app.yaml.tmpl, context: {given: g}, skip_templates_processing: true}"),
    "catalog/app.yaml.tmpl": `import: [catalog/inner]\nlocals: {l: x}\n${
      component("{a: '{{ .given }}', l: '{{ .locals.l }}'}")
    }`,
    "catalog/inner.yaml": "vars: {inner: '{{ .given }}'}\n",
  };
  deepStrictEqual(await varsOf(files), { stage: "dev", inner: "g", a: "{{ .given }}", l: "{{ .locals.l }}" });
});

Deno.test("import templates: a template file without a context waits for what only components know", async () => {
  const catalog = component(
    "{me: '{{ .atmos_component }}', where: '{{ .vars.stage }}', nope: '{{ .nope }}', k: {'{{ .stack }}': 1}}",
  );
  const wanted = { stage: "dev", me: "app", where: "dev", nope: "<no value>", k: { dev: 1 } };
  for (const name of ["catalog/app.yaml.tmpl", "catalog/app.yml.tmpl"]) {
    for (const atmos of [ON, LENIENT_ON]) {
      deepStrictEqual(await varsOf({ ...importing("catalog/app"), [name]: catalog }, atmos), wanted, name);
    }
  }
  const own = { "deploy/dev.yaml.tmpl": `vars: {stage: dev}\n${catalog}` };
  deepStrictEqual(await varsOf(own, ON), wanted);
  // Templates of components are off: they are as written.
  const { me } = await varsOf({ ...importing("catalog/app"), "catalog/app.yaml.tmpl": catalog }) as { me: string };
  equal(me, "{{ .atmos_component }}");
  // With a context it does not wait.
  const given = { ...importing("{path: catalog/app, context: {a: 1}}"), "catalog/app.yaml.tmpl": catalog };
  await rejects(varsOf(given, ON), /there is no \.atmos_component; there are: a/);
});

Deno.test("import templates: a template file that asks for nothing is rendered at once, whatever atmos.yaml says", async () => {
  const catalog = `{{- $name := "app" }}
components:
  terraform:
    {{ $name }}: {vars: {list: {{ list 1 2 | toJson }}}}
`;
  deepStrictEqual(await varsOf({ ...importing("catalog/app"), "catalog/app.yaml.tmpl": catalog }), {
    stage: "dev",
    list: [1, 2],
  });
  const broken = catalog.replace("list 1 2", ".vars.list");
  await rejects(
    varsOf({ ...importing("catalog/app"), "catalog/app.yaml.tmpl": broken }, ON),
    /app\.yaml\.tmpl": template: there is no \.vars/,
  );
});

const LOCALS = `locals: {a: x, n: 3, m: {k: [1]}, from: '{{ .vars.stage }}-{{ .settings.size }}', name: STAGE_NAME}
settings: {size: big, from: '{{ .locals.a }}'}
vars: {stage: dev, other: '{{ .settings.from }}', own: '{{ .vars.stage }}'}
env: {HERE: '{{ .vars.other }}'}
`;

Deno.test("import templates: a file with locals knows its own settings, vars and env", async () => {
  const cases: Readonly<Record<string, unknown>> = {
    "{{ .locals.a }}": "x",
    "{{ .settings.size }}": "big",
    "{{ .vars.stage }}-{{ .locals.a }}": "dev-x",
    "{{ .env.HERE }}": "x",
    "{{ .vars.other }}{{ .settings.from }}": "xx",
    "{{ .locals.from }}": "dev-big",
    "{{ .locals.n }}": 3,
    "{{ .locals.m }}": { k: [1] },
    "{{ .settings }}": { size: "big", from: "x" },
    "n{{ .locals.n }} {{ .locals.m }}": "n3 map[k:[1]]",
    "{{ if .settings.size }}{{ .locals.m }}{{ end }}": { k: [1] },
    // More is known when components are: only what is about locals alone is put in.
    "{{ .vars.region }}-{{ .locals.a }}": "{{ .vars.region }}-x",
    "{{ .atmos_component }}": "{{ .atmos_component }}",
    "{{ .settings.nope | default .locals.a }}": "{{ .settings.nope | default .locals.a }}",
    "{{ upper }}": "{{ upper }}",
  };
  for (const [template, wanted] of Object.entries(cases)) {
    const files = { "deploy/dev.yaml": LOCALS + component(`{value: '${template}'}`) };
    deepStrictEqual((await varsOf(files) as { value: unknown }).value, wanted, template);
  }
  const own = await varsOf({ "deploy/dev.yaml": LOCALS + component("{}") });
  deepStrictEqual(own, { stage: "dev", other: "x", own: "{{ .vars.stage }}" });
});

Deno.test("import templates: a file with locals has them in names, functions and imports", async () => {
  const text =
    `${LOCALS}import: [{path: 'catalog/{{ .settings.size }}', context: {m: '{{ .locals.m }}', a: '{{ .locals.a }}'}}]
components: {terraform: {'{{ .locals.a }}-app': {vars: {'{{ .vars.stage }}': 1, fn: !env '{{ .locals.name }}', t: !template '{{ .locals.m }}'}}}}
`;
  const files = {
    "atmos.yaml": STACKS,
    "stacks/deploy/dev.yaml": text,
    "stacks/catalog/big.yaml": "vars: {m: '{{ .m }}', a: '{{ .a }}'}\n",
  };
  const { vars } = await described(files, { component: "x-app", env: { STAGE_NAME: "here" } });
  deepStrictEqual([vars["m"], vars["a"], vars["dev"], vars["fn"], vars["t"]], [{ k: [1] }, "x", 1, "here", { k: [1] }]);
});

Deno.test("import templates: a template file with locals knows them, and is rendered once", async () => {
  const catalog = `locals: {a: x, m: {k: 1}}
terraform: {locals: {t: y}}
settings: {size: "{{ .given }}"}
` + component(
    "{size: '{{ .settings.size }}', a: '{{ .locals.a }}', t: '{{ .locals.t }}', m: '{{ .locals.m }}', " +
      "raw: '{{`{{ .settings.size }}`}}'}",
  );
  const files = { ...importing("{path: catalog/app, context: {given: g}}"), "catalog/app.yaml.tmpl": catalog };
  const wanted = { stage: "dev", size: "g", a: "x", t: "y", m: { k: 1 }, raw: "{{ .settings.size }}" };
  deepStrictEqual(await varsOf(files), wanted);
});

Deno.test("import templates: values in values have an end", async () => {
  const list = `[${Array.from({ length: 300 }, () => "''").join()}]`;
  const catalog = component(`{v: [${Array.from({ length: 1000 }, () => "'{{ .l }}'").join()}]}`);
  const files = { ...importing(`{path: catalog/app, context: {l: ${list}}}`), "catalog/app.yaml": catalog };
  await rejects(varsOf(files), /the values become too long together/);
  match(String(await varsOf({ ...files, "catalog/app.yaml": component("{v: '{{ len .l }}'}") })), /object/);
});

Deno.test("import templates: a reference to a function is that function", async () => {
  const files = {
    "atmos.yaml": ON,
    "stacks/deploy/dev.yaml":
      "import: [{path: catalog/app, context: {fn: !env WHERE, in: {fn: !env WHERE}, raw: !literal '{{ .x }}'}}]\n" +
      "vars: {stage: dev, own: !env WHERE, copy: '{{ .vars.own }}', beside: 'a {{ .vars.own }}'}\n",
    "stacks/catalog/app.yaml": component(
      "{a: '{{ .fn }}', b: '{{ .in.fn }}', c: '{{ .in }}', d: 'x {{ .fn }}', e: {{ .fn }}, raw: '{{ .raw }}'}",
    ),
  };
  const { vars, warnings } = await described(files, { env: { WHERE: "here" } });
  deepStrictEqual([vars, warnings], [{
    ...{ stage: "dev", own: "here", copy: "here", beside: "a here" },
    ...{ a: "here", b: "here", c: { fn: "here" }, d: "x !env WHERE", e: "here", raw: "{{ .x }}" },
  }, []]);
});
