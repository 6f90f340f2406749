import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { eksTarget } from "../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { described } from "../../support/config/described.ts";
import { stackRepository } from "../../support/config/stack_repository.ts";

const STACKS = 'stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n';

function atmosYaml(settings = ""): string {
  return `${STACKS}templates: {settings: {enabled: true${settings === "" ? "" : `, ${settings}`}}}\n`;
}

const SETTINGS = "{here: 1, off: false, none: null, tags: {team: x, n: 1}, zones: [a, b], deep: {er: {value: v}}}";

interface Value {
  readonly written: string;
  readonly settings?: string;
}

/** What one value of a component comes to, with what is said of it. */
async function valueOf({ written, settings }: Value): Promise<unknown> {
  const stack = `vars: {stage: dev}
components: {terraform: {app: {settings: ${SETTINGS}, vars: {value: ${written}}}}}
`;
  const files = { "atmos.yaml": atmosYaml(settings), "stacks/deploy/dev.yaml": stack };
  const { vars, warnings } = await described(files);
  return warnings.length === 0 ? vars["value"] : warnings;
}

Deno.test("component templates: a key that is not there is <no value>, nothing to functions, and no to conditions", async () => {
  const cases: Readonly<Record<string, unknown>> = {
    "{{ .settings.nope }}": "<no value>",
    "{{ .vars.tenant }}-x": "<no value>-x",
    "{{ .settings.nope.deep.er }}": "<no value>",
    "{{ .nope.at.all }}": "<no value>",
    '{{ .settings.nope | default "usual" }}': "usual",
    '{{ .settings.nope.deep | default "usual" }}': "usual",
    "{{ if .settings.nope }}yes{{ else }}no{{ end }}": "no",
    "{{ if not .settings.nope.deep }}no{{ end }}": "no",
    "{{ with .settings.nope }}{{ . }}{{ else }}none{{ end }}": "none",
    "{{ range .settings.nope }}x{{ else }}none{{ end }}": "none",
    '{{ coalesce .settings.nope .vars.stage "z" }}': "dev",
    '{{ dig "deep" "nope" "value" "usual" .settings }}': "usual",
    '{{ get .settings "nope" | default "usual" }}': "usual",
    '{{ hasKey .settings "nope" }} {{ hasKey .settings "none" }}': "false true",
    '{{ ternary "a" "b" (empty .settings.nope) }}': "a",
    '{{ printf "%s-%v" .vars.stage .settings.nope }}': "dev-<nil>",
    "{{ .settings.none }}": "<no value>",
    '{{ index .settings "nope" }}': "<no value>",
    "{{ .settings.nope | toJson }}": "null",
    '{{ .settings.nope | join "," }}': "",
    '{{ eq .settings.nope "a" }}': "false",
    "{{ .settings.nope | quote }}": "",
  };
  for (const [template, wanted] of Object.entries(cases)) {
    for (const settings of ["", "ignore_missing_template_values: false", "ignore_missing_template_values: true"]) {
      deepStrictEqual(await valueOf({ written: `'${template}'`, settings }), wanted, `${template} ${settings}`);
    }
  }
});

Deno.test("component templates: what fails stays as it is written, and says why", async () => {
  const cases: Readonly<Record<string, RegExp>> = {
    "{{ .settings.nope | upper }}": /upper: expected a string, found nothing/,
    "{{ .settings.none.deep }}": /cannot take \.deep of nothing/,
    "{{ .vars.stage.deep }}": /cannot take \.deep of a string/,
    '{{ fail "no way" }}': /fail: no way/,
    "{{ index .settings.zones 9 }}": /9 is outside of the 2 items/,
    '{{ required "say it" .settings.nope }}': /required: say it/,
    "{{ nosuch .vars.stage }}": /there is no function "nosuch"/,
    "{{ if .vars.stage }}": /\{\{if\}\} is not closed/,
  };
  for (const [template, wanted] of Object.entries(cases)) {
    const warnings = await valueOf({ written: `'${template}'` });
    match(String(warnings), wanted, template);
  }
});

Deno.test("component templates: a map or list stays one where the template is nothing else", async () => {
  const tags = { team: "x", n: 1 };
  const cases: Readonly<Record<string, unknown>> = {
    "{{ .settings.tags }}": tags,
    "{{ .settings.zones }}": ["a", "b"],
    "{{- .settings.tags -}}": tags,
    "{{ .settings.nope | default .settings.tags }}": tags,
    "{{ if .settings.here }}{{ .settings.tags }}{{ end }}": tags,
    "{{ with .settings.deep.er }}{{ . }}{{ end }}": { value: "v" },
    '{{ dict "a" .settings.zones "b" (list 1 true) }}': { a: ["a", "b"], b: [1, true] },
    '{{ merge (dict "own" 1) .settings.tags }}': { own: 1, ...tags },
    '{{ omit .settings.tags "n" }}': { team: "x" },
    '{{ splitList "," "a,b" }}': ["a", "b"],
    "{{ list }}": [],
    "{{ dict }}": {},
    // Anything beside it makes text of it, as Go prints it.
    "tags: {{ .settings.tags }}": "tags: map[n:1 team:x]",
    "{{ .settings.zones }}{{ .settings.zones }}": "[a b][a b]",
    "{{ .settings.tags | toJson }}": '{"n":1,"team":"x"}',
    '{{ printf "%v" .settings.zones }}': "[a b]",
    // So are numbers and booleans, which components take as text.
    "{{ .settings.here }}": "1",
    "{{ .settings.off }}": "false",
  };
  for (const [template, wanted] of Object.entries(cases)) {
    deepStrictEqual(await valueOf({ written: `'${template}'` }), wanted, template);
  }
  deepStrictEqual(await valueOf({ written: "!template '{{ .settings.tags }}'" }), tags);
  deepStrictEqual(await valueOf({ written: "{a: ['{{ .settings.zones }}'], b: '{{ .settings.deep.er }}'}" }), {
    a: [["a", "b"]],
    b: { value: "v" },
  });
});

Deno.test("component templates: names are templates, too", async () => {
  deepStrictEqual(await valueOf({ written: "{'{{ .vars.stage }}-a': 1, 'b-{{ .settings.nope }}': 2}" }), {
    "dev-a": 1,
    "b-<no value>": 2,
  });
  match(String(await valueOf({ written: "{'{{ fail .vars.stage }}': 1}" })), /fail: dev/);
});

Deno.test("component templates: several evaluations reach what a structure holds", async () => {
  const stack = `vars:
  stage: dev
  map: {inner: '{{ .vars.stage }}', '{{ .vars.stage }}': x}
components: {terraform: {app: {vars: {copy: '{{ .vars.map }}', text: '{{ .vars.map.inner }}'}}}}
`;
  const vars = async (evaluations: number) =>
    (await described({
      "atmos.yaml": atmosYaml(`evaluations: ${evaluations}`),
      "stacks/deploy/dev.yaml": stack,
    })).vars;
  const raw = "{{ .vars.stage }}";
  deepStrictEqual((await vars(1))["copy"], { inner: raw, [raw]: "x" });
  const { copy, text } = await vars(2);
  deepStrictEqual([copy, text], [{ inner: "dev", dev: "x" }, "dev"]);
});

Deno.test("component templates: structures in structures have an end", async () => {
  const nested = Array.from(
    { length: 30 },
    (_, at) =>
      `  v${at}: ${at === 0 ? "{a: '', b: ''}" : `{a: '{{ .vars.v${at - 1} }}', b: '{{ .vars.v${at - 1} }}'}`}\n`,
  ).join("");
  const self = "  self: {a: '{{ .vars.self }}'}\n";
  for (
    const [vars, wanted] of [[nested, /the values become too long together/], [
      self,
      /nested more than 100 deep/,
    ]] as const
  ) {
    const stack = `vars:\n  stage: dev\n${vars}components: {terraform: {app: {}}}\n`;
    const files = { "atmos.yaml": atmosYaml("evaluations: 10"), "stacks/deploy/dev.yaml": stack };
    await rejects(described(files), wanted);
  }
  const many = "{{ $s := list 1 }}{{ range until 60 }}{{ $s = list $s $s }}{{ end }}{{ $s }}";
  match(String(await valueOf({ written: `'${many}'` })), /more than 100000 parts|template takes too much work/);
});

Deno.test("component templates: no cluster is looked for whose name lacks a value", async () => {
  const files = {
    "atmos.yaml": `${atmosYaml()}components: {helmfile: {cluster_name_template: "{{ .vars.cluster }}"}}\n`,
    "stacks/deploy/dev.yaml": "vars: {stage: dev, region: us-east-2, cluster: '{{ .vars.org }}-eks'}\n" +
      "components: {terraform: {eks: {}}}\n",
  };
  const { host, config, index } = await stackRepository(files);
  const found = await findComponent(index, { name: "eks", stack: "dev" });
  await rejects(
    eksTarget(host, { config, found, said: {} }),
    /cluster_name_template for component "eks" of stack "dev": .* key that is not there: "<no value>-eks"/,
  );
});

Deno.test("component templates: delimiters of atmos.yaml are for components, and not for imports", async () => {
  const files = (settings: string) => ({
    "atmos.yaml": atmosYaml(settings),
    "stacks/deploy/dev.yaml": `import: [{path: c, context: {given: g}}]
vars: {stage: dev, braces: '{{ .vars.stage }}', other: '[[ .vars.stage ]]', fn: !template '[[ .vars.stage ]]-x'}
components: {terraform: {app: {vars: {'[[ .stack ]]': 1, map: '[[ .settings ]]', own: '[[- /* no */ -]]'}, settings: {a: 1}}}}
`,
    "stacks/c.yaml": "vars: {imported: '{{ .given }}', later: '[[ .vars.imported ]]'}\n",
  });
  const { vars } = await described(files('delimiters: ["[[", "]]"]'));
  deepStrictEqual(vars, {
    ...{ imported: "g", later: "g", stage: "dev", braces: "{{ .vars.stage }}", other: "dev", fn: "dev-x" },
    ...{ dev: 1, map: { a: 1 }, own: "" },
  });
  const single = await described(files('delimiters: ["<<", ">"]'));
  deepStrictEqual(single.vars["other"], "[[ .vars.stage ]]");
  const off = { ...files(""), "atmos.yaml": `${STACKS}templates: {settings: {delimiters: ["[[", "]]"]}}\n` };
  match((await described(off)).warnings.join(), /"!template \[\[ \.vars\.stage \]\]-x": templates are not enabled/);
  for (const wrong of ['["[["]', '["[[", ""]', '"[["', '["a", "b", "c"]', "[[a], b]"]) {
    await rejects(
      described(files(`delimiters: ${wrong}`)),
      /templates\.settings\.delimiters: .*must be two texts/,
      wrong,
    );
  }
});

interface CiCase {
  readonly settings: string;
  readonly vars?: string;
  readonly more?: string;
  readonly component?: string;
}

/** The Spacelift stack and the Atlantis project, as templates know them, and as the section has them. */
async function ciNames({ settings, vars = "", more = "", component = "app" }: CiCase): Promise<unknown> {
  const files = {
    "atmos.yaml": atmosYaml() + more,
    "stacks/deploy/dev.yaml": `vars: {stage: dev${vars}}
components:
  terraform:
    ${component}:
      settings: ${settings}
      vars: {stack: "{{ .spacelift_stack }}", project: "{{ .atlantis_project }}"}
`,
  };
  const { section, vars: found } = await described(files, { component });
  deepStrictEqual([section["spacelift_stack"] ?? "<no value>", section["atlantis_project"] ?? "<no value>"], [
    found["stack"],
    found["project"],
  ]);
  return [found["stack"], found["project"]];
}

Deno.test("component templates: names of Spacelift stacks and Atlantis projects are what settings make of them", async () => {
  const none = "<no value>";
  const spacelift = (more: string) => ({ settings: `{spacelift: {workspace_enabled: true${more}}}` });
  const atlantis = (name: string) => ({ settings: `{atlantis: {project_template: {name: '${name}'}}}` });
  const templates = "integrations: {atlantis: {project_templates: {one: {name: '{stage}-{component}'}, two: {}}}}\n";
  const named = (name: string) => ({ settings: `{atlantis: {project_template_name: ${name}}}`, more: templates });
  const cases: readonly (readonly [CiCase, readonly string[]])[] = [
    [{ settings: "{}" }, [none, none]],
    [{ settings: "{spacelift: {workspace_enabled: false}}" }, [none, none]],
    [{ settings: "{spacelift: {workspace_enabled: 'true'}}" }, [none, none]],
    [spacelift(""), ["dev-app", none]],
    [{ ...spacelift(""), component: "net/vpc" }, ["dev-net-vpc", none]],
    [spacelift(", stack_name: my/own"), ["my/own", none]],
    [spacelift(", stack_name: '{{ .vars.stage }}-own'"), ["dev-own", none]],
    [spacelift(", stack_name_pattern: '{tenant}-{environment}-{stage}-{component}-{other}'"), [
      "--dev-app-{other}",
      none,
    ]],
    [spacelift(", stack_name_pattern: '{stage}-{base-component}{workspace}', stack_name: other"), ["dev-", none]],
    [{ ...spacelift(", stack_name_pattern: '{attributes}'"), vars: ", attributes: [a, b]" }, ["a-b", none]],
    [{ ...atlantis("{stage}/{component}"), component: "net/vpc" }, [none, "dev/net-vpc"]],
    [{ ...atlantis("{tenant}-{region}"), vars: ", tenant: '{{ .vars.stage }}2', region: r" }, [none, "dev2-r"]],
    [atlantis(""), [none, none]],
    [named("one"), [none, "dev-app"]],
    [named("two"), [none, none]],
    [named("three"), [none, none]],
    [
      { settings: "{atlantis: {project_template_name: one, project_template: {name: own}}}", more: templates },
      [none, "own"],
    ],
  ];
  for (const [input, wanted] of cases) deepStrictEqual(await ciNames(input), wanted, JSON.stringify(input));
  const files = {
    "atmos.yaml": STACKS,
    "stacks/deploy/dev.yaml": `vars: {stage: dev, tenant: !env TENANT}
components: {terraform: {app: {settings: {spacelift: {workspace_enabled: true, stack_name_pattern: '{tenant}-{stage}'}}}}}
`,
  };
  deepStrictEqual((await described(files, { env: { TENANT: "t1" } })).section["spacelift_stack"], "t1-dev");
});

const NET = "net: {metadata: {component: net-code}, vars: {name: main, cidrs: [a, b], from: '{{ .vars.stage }}'}, " +
  "settings: {id: n1, fn: !template '{{ .vars.stage }}-fn'}, env: {E: e}}";

interface OtherCase {
  /** `vars` of the component that is described. */
  readonly vars: string;
  readonly components?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function withOthers({ vars, components = NET, env = {} }: OtherCase): ReturnType<typeof described> {
  const files = {
    "atmos.yaml": atmosYaml(),
    "stacks/deploy/dev.yaml": `vars: {stage: dev}\ncomponents: {terraform: {app: {vars: ${vars}}, ${components}}}\n`,
    "stacks/deploy/prod.yaml": "vars: {stage: prod}\ncomponents: {helmfile: {net: {vars: {name: other}}}}\n",
  };
  return await described(files, { env });
}

async function fromOther(template: string, components?: string): Promise<unknown> {
  const { vars, warnings } = await withOthers({
    vars: `{value: '${template}'}`,
    ...(components === undefined ? {} : { components }),
  });
  return warnings.length === 0 ? vars["value"] : warnings.join("\n");
}

Deno.test("component templates: atmos.Component gives all that another component comes to", async () => {
  const cases: Readonly<Record<string, unknown>> = {
    '{{ (atmos.Component "net" .stack).vars.name }}': "main",
    '{{ (atmos.Component "net" "dev").settings.id }}': "n1",
    '{{ (atmos.Component "net" .atmos_stack).vars.from }}': "dev",
    '{{ (atmos.Component "net" .stack).settings.fn }}': "dev-fn",
    '{{ (atmos.Component "net" .stack).env.E }}': "e",
    '{{ (atmos.Component "net" .stack).component }}': "net-code",
    '{{ (atmos.Component "net" .stack).vars.nope }}': "<no value>",
    '{{ (atmos.Component "net" .stack).vars.nope.deep | default "d" }}': "d",
    '{{ (atmos.Component "net" .stack).vars.cidrs }}': ["a", "b"],
    '{{ (atmos.Component "net" .stack).vars }}': { stage: "dev", name: "main", cidrs: ["a", "b"], from: "dev" },
    '{{ (atmos.Component "net" "prod").vars.name }}': "other",
    '{{ (atmos.Component "net" "deploy/dev").vars.name }}': "main",
    '{{ $n := atmos.Component "net" .stack }}{{ $n.vars.name }}{{ $n.settings.id }}': "mainn1",
    '{{ range list "dev" "prod" }}{{ (atmos.Component "net" .).vars.name }} {{ end }}': "main other ",
    '{{ with atmos.Component "net" .stack }}{{ .vars.name | upper }}{{ end }}': "MAIN",
    '{{ (atmos.Component (print "n" "et") .stack).vars.name }}': "main",
    '{{ index (atmos.Component "net" .stack).vars.cidrs 1 }}': "b",
    '{{ hasKey (atmos.Component "net" .stack | toJson | fromJson) "outputs" }}': "false",
    '{{ (atmos.Component "net" .stack).settings | toJson }}': '{"fn":"dev-fn","id":"n1"}',
  };
  for (const [template, wanted] of Object.entries(cases)) {
    deepStrictEqual(await fromOther(template), wanted, template);
  }
});

Deno.test("component templates: atmos.Component refuses what cannot be known, and says why", async () => {
  const cases: Readonly<Record<string, RegExp>> = {
    '{{ (atmos.Component "ne" .stack).vars }}': /atmos\.Component: Cannot find component "ne": .*did you mean "net"/,
    '{{ (atmos.Component "net" "de").vars }}': /atmos\.Component: Cannot find stack "de"/,
    '{{ (atmos.Component "net" .stack).outputs.vpc_id }}': /outputs of component "net" need terraform/,
    '{{ index (atmos.Component "net" .stack) "outputs" }}': /outputs of component "net" need terraform/,
    '{{ atmos.Component "net" }}': /atmos\.Component takes 2 arguments, found 1/,
    "{{ atmos.Component 1 .stack }}": /expected a string, found the number 1/,
    '{{ (atmos.Component "app" .stack).vars.x }}': /circular reference between components: app in dev -> app in dev/,
    '{{ (atmos.Component "app" "deploy/dev").vars.x }}':
      /circular reference between components: app in dev -> app in dev/,
  };
  for (const [template, wanted] of Object.entries(cases)) match(String(await fromOther(template)), wanted, template);
});

Deno.test("component templates: components that ask for one another are told apart from those that do not", async () => {
  const ask = (name: string) => `{{ (atmos.Component \\"${name}\\" .stack).vars.v }}`;
  const chained = `a: {vars: {v: "${ask("b")}-a"}}, b: {vars: {v: "${ask("c")}-b"}}, c: {vars: {v: end}}`;
  const one = ask("a").replaceAll("\\", "");
  deepStrictEqual(await fromOther(one, chained), "end-b-a");
  const circle = chained.replace("v: end", `v: "${ask("a")}", other: fine`);
  match(String(await fromOther(one, circle)), /a in dev -> b in dev -> c in dev -> a in dev/);
  deepStrictEqual(await fromOther('{{ (atmos.Component "c" .stack).vars.other }}', circle), "fine");
  const back = `a: {vars: {v: "${ask("app")}", w: fine}}`;
  deepStrictEqual(await fromOther('{{ (atmos.Component "a" .stack).vars.w }}', back), "fine");
  match(String(await fromOther(one, back)), /app in dev -> a in dev -> app in dev/);
});

Deno.test("component templates: a value of another component that is not known is an error only where it is read", async () => {
  const net = "net: {vars: {ok: fine, bad: '{{ fail `no` }}', deep: {bad: '{{ fail `no` }}', ok: 1}}}";
  const call = '(atmos.Component "net" .stack).vars';
  deepStrictEqual(await fromOther(`{{ ${call}.ok }}`, net), "fine");
  deepStrictEqual(await fromOther(`{{ ${call}.deep.ok }}`, net), "1");
  for (const template of [`{{ ${call}.bad }}`, `{{ ${call} }}`, `{{ ${call}.deep }}`, `{{ toJson ${call} }}`]) {
    match(String(await fromOther(template, net)), /a value of component "net" is not known: .*fail: no/, template);
  }
});

Deno.test("component templates: outputs of a static remote state need no terraform", async () => {
  const net = "net: {remote_state_backend_type: static, remote_state_backend: {static: {vpc_id: v1, subnets: [s]}}}";
  deepStrictEqual(await fromOther('{{ (atmos.Component "net" .stack).outputs.vpc_id }}', net), "v1");
  deepStrictEqual(await fromOther('{{ (atmos.Component "net" .stack).outputs.subnets }}', net), ["s"]);
});

Deno.test("component templates: what one template sets in another component, no other sees", async () => {
  const call = '(atmos.Component "net" .stack)';
  const { vars } = await withOthers({
    vars: `{a: '{{ $_ := set ${call}.vars "name" "changed" }}{{ ${call}.vars.name }}', b: '{{ ${call}.vars.name }}'}`,
  });
  deepStrictEqual(vars["b"], "main");
});

Deno.test("component templates: many components are asked for, each once", async () => {
  const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
  const next = (at: number) => at + 1 < names.length ? `{{ (atmos.Component "n${at + 1}" .stack).vars.v }}` : "x";
  const all = names.map((name, at) => `${name}: {vars: {v: '${next(at)}'}}`).join(", ");
  deepStrictEqual(await fromOther('{{ (atmos.Component "n0" .stack).vars.v }}', all), "x");
  const plain = Array.from({ length: 300 }, (_, at) => `n${at}: {vars: {v: 1}}`).join(", ");
  const asking = '{{ range until 300 }}{{ (atmos.Component (print "n" .) $.stack).vars.v }}{{ end }}';
  match(String(await fromOther(asking, plain)), /it waits for more than 200 values/);
});

Deno.test("component templates: variables of templates.settings.env go before the environment's own", async () => {
  const value = '{{ getenv "A" }} {{ env "B" }} {{ env.Getenv "C" "none" }} {{ expandenv "$A-${B}" }}';
  const files = {
    "atmos.yaml": atmosYaml("env: {A: own, N: 1}"),
    "stacks/deploy/dev.yaml":
      `vars: {stage: dev}\ncomponents: {terraform: {app: {vars: {v: '${value}', n: '{{ env "N" }}'}}}}\n`,
  };
  const { vars } = await described(files, { env: { A: "process", B: "b" } });
  deepStrictEqual([vars["v"], vars["n"]], ["own b none own-b", "1"]);
});
