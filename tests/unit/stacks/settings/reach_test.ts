import { deepEqual } from "node:assert/strict";
import { targetPowers } from "../../../../src/cli/project/component_auth.ts";
import { eksTarget } from "../../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

type Files = Readonly<Record<string, string>>;

const ENV = {
  TOKEN: "t0ken",
  STAGE: "dev",
  AWS_REGION: "us-east-2",
  ATMOS_AWS_REGION: "us-east-2",
  AWS_DEFAULT_REGION: "us-east-2",
  OTHER_REGION: "us-east-2",
};
const NAME = "{{ .vars.stage }}-eks";
const ALL = "templates: {settings: {enabled: true}}\n";
const manifest = (stage: string) =>
  `name: one\nvars: {stage: ${stage}, region: us-east-2}\ncomponents: {terraform: {eks: {}}}\n`;

function atmosYaml({ name = NAME, more = ALL }: { readonly name?: string; readonly more?: string } = {}): string {
  return `stacks: {base_path: stacks, included_paths: ["deploy/*"]}\n` +
    `components: {helmfile: {cluster_name_template: '${name}'}}\n${more}`;
}

interface Case {
  readonly files: Files;
  readonly atmos?: string;
}

/** The cluster's name, and what of it needs trust: the call and where that stands. */
async function cluster(
  { files, atmos = atmosYaml() }: Case,
  { stack }: { readonly stack?: string | undefined } = { stack: "one" },
): Promise<readonly string[]> {
  const { host, config, index } = await stackRepository({ "atmos.yaml": atmos, ...files }, ENV);
  const found = await findComponent(index, { name: "eks", stack });
  const { clusterName, powers } = await eksTarget(host, { config, found, said: {} });
  return [clusterName.value, ...powers.map(({ shown, place: { file, line } }) => `${shown} ${file}:${line}`)];
}

const FILE = "/home/me/repo/stacks/deploy/a.yaml";
const made = (stage: string): Case => ({ files: { "stacks/deploy/a.yaml": manifest(stage) } });

Deno.test("reach: what templates of a stack ask of the environment needs trust where the name is made of it", async () => {
  const calls = [`{{ env "TOKEN" }}`, `{{ getenv "TOKEN" "x" }}`, `{{ expandenv "$TOKEN" }}`, `{{ "TOKEN" | env }}`];
  for (const call of calls) {
    deepEqual(await cluster(made(`'${call}'`)), ["t0ken-eks", `${call} ${FILE}:2`], call);
  }
  deepEqual(await cluster(made("!env TOKEN")), ["t0ken-eks", `!env TOKEN ${FILE}:2`]);
});

Deno.test("reach: so does a template of atmos.yaml that names the cluster", async () => {
  const name = `{{ env "TOKEN" }}-eks`;
  deepEqual(await cluster({ ...made("dev"), atmos: atmosYaml({ name }) }), [
    "t0ken-eks",
    `${name} /home/me/repo/atmos.yaml:2`,
  ]);
});

Deno.test("reach: a template that reads nothing of that kind needs none, whatever stands beside it", async () => {
  const beside = manifest("dev").replace("stage: dev", `stage: dev, other: '{{ env "TOKEN" }}', more: !env TOKEN`);
  deepEqual(await cluster({ files: { "stacks/deploy/a.yaml": beside } }), ["dev-eks"]);
  deepEqual(await cluster(made(`'{{ .vars.region }}'`)), ["us-east-2-eks"]);
  const name = `{{ if .vars.region }}{{ .vars.stage }}{{ end }}-eks`;
  deepEqual(await cluster({ files: { "stacks/deploy/a.yaml": beside }, atmos: atmosYaml({ name }) }), ["dev-eks"]);
});

Deno.test("reach: a map or list that holds such a value is read with it: toJson, range, printf", async () => {
  const files = {
    "stacks/deploy/a.yaml": manifest("dev").replace("stage: dev", `stage: dev, m: {deep: [a, !env TOKEN]}`),
  };
  const whole = `!env TOKEN ${FILE}:2`;
  const names = [
    [`{{ toJson .vars.m | len }}-eks`, "22-eks"],
    [`{{ range .vars.m.deep }}{{ . }}{{ end }}`, "at0ken"],
    [`{{ range $k, $v := .vars.m }}{{ $v | len }}{{ end }}-eks`, "2-eks"],
    [`{{ index .vars.m.deep 1 }}`, "t0ken"],
    [`{{ printf "%v" .vars.m.deep | len }}-eks`, "9-eks"],
  ] as const;
  for (const [name, value] of names) {
    const [found, ...powers] = await cluster({ files, atmos: atmosYaml({ name }) });
    const isRead = !name.includes("$v | len");
    deepEqual([found, powers], [value, isRead ? [whole] : []], name);
  }
});

Deno.test("reach: through locals, from one to the next", async () => {
  const locals = (stage: string, own: string) => ({
    "stacks/deploy/a.yaml": `locals: {${own}}\n${manifest(stage)}`,
  });
  const chain = `a: '{{ env "TOKEN" }}', b: 'x-{{ .locals.a }}', c: plain, d: {deep: '{{ .locals.b }}'}`;
  const power = `{{ env "TOKEN" }} ${FILE}:1`;
  deepEqual(await cluster({ files: locals("'{{ .locals.b }}'", chain) }), ["x-t0ken-eks", power]);
  deepEqual(await cluster({ files: locals("'{{ .locals.d.deep }}'", chain) }), ["x-t0ken-eks", power]);
  deepEqual(await cluster({ files: locals("'{{ .locals.c }}'", chain) }), ["plain-eks"]);
});

Deno.test("reach: through the context of an import, and files that are templates as a whole", async () => {
  const catalog = { "stacks/catalog/eks.yaml.tmpl": "vars: {stage: '{{ .stage }}'}\n" };
  const entry = (stage: string) =>
    `name: one\nimport: [{path: catalog/eks.yaml.tmpl, context: {stage: ${stage}}}]\n` +
    "vars: {region: us-east-2}\ncomponents: {terraform: {eks: {}}}\n";
  const imported = async (stage: string) =>
    await cluster({ files: { ...catalog, "stacks/deploy/a.yaml": entry(stage) } });
  deepEqual(await imported("dev"), ["dev-eks"]);
  const [name, ...powers] = await imported(`'{{ env "TOKEN" }}'`);
  deepEqual([name, powers.length], ["t0ken-eks", 1]);
  const [own, ...ownPowers] = await cluster({
    files: { "stacks/deploy/a.yaml.tmpl": manifest(`{{ env "TOKEN" }}`) },
    atmos: atmosYaml(),
  });
  const whole = `a template of this file ${FILE}.tmpl:1`;
  deepEqual([own, ownPowers], ["t0ken-eks", [whole, whole, whole]]);
});

Deno.test("reach: through several evaluations", async () => {
  const atmos = atmosYaml({ more: "templates: {settings: {enabled: true, evaluations: 2}}\n" });
  const files = {
    "stacks/deploy/a.yaml": manifest("'{{ .vars.first }}'").replace(
      "stage:",
      `first: '{{ env "TOKEN" }}', plain: '{{ .vars.region }}', stage:`,
    ),
  };
  const [name, ...powers] = await cluster({ files, atmos });
  deepEqual([name, powers], ["t0ken-eks", [`{{ env "TOKEN" }} ${FILE}:2`]]);
});

Deno.test("reach: a pattern in place of a template, with the values that it takes", async () => {
  const atmos = atmosYaml().replace(/cluster_name_template: '.*'/, 'cluster_name_pattern: "{stage}-eks"');
  deepEqual(await cluster({ ...made("!env TOKEN"), atmos }), ["t0ken-eks", `!env TOKEN ${FILE}:2`]);
  deepEqual(await cluster({ ...made("dev"), atmos }), ["dev-eks"]);
});

const SECRET = `{{ env "TOKEN" }}`;
const CHOICE = `{{ if hasPrefix "t0" (env "TOKEN") }}yes{{ else }}no{{ end }}`;
const YES_NO = { "stacks/yes.yaml": "vars: {stage: yes-it-is}\n", "stacks/no.yaml": "vars: {stage: no-it-is-not}\n" };
const vars = (more: string) => manifest("dev").replace("stage: dev", more);
const twice = { atmos: atmosYaml({ more: "templates: {settings: {enabled: true, evaluations: 2}}\n" }) };
const named = (template: string) => atmosYaml().replace("stacks: {", `stacks: {name_template: '${template}', `);
const at = (text: string, files: Files = {}): Case => ({ files: { "stacks/deploy/a.yaml": text, ...files } });

/** Files of the user's, as foreign as a variable. */
const BEYOND: Files = {
  "../TOKEN.yaml": "stage: t0ken\n",
  "../TOKEN.two.yaml": "inner: !include TOKEN.yaml\n",
  "../TOKEN.component.yaml": "vars: {stage: t0ken}\n",
  "../TOKEN.components.yaml": "terraform: {eks: {vars: {stage: t0ken}}}\n",
  "../TOKEN.list.json": '["a"]',
  "../TOKEN.env": "A=t0ken\n",
};

/** Roads from a variable to the name of a cluster on which no template that reads the variable is the name itself. */
const ROADS: Readonly<Record<string, Case>> = {
  "what a function is called with": at(vars(`stage: !env 'NONE "{{ env \`TOKEN\` }}"'`)),
  "whether a template fails": {
    ...at(vars(
      `a: '{{ if hasPrefix "t0" (env "TOKEN") }}{{ fail "x" }}{{ end }}', ` +
        `stage: '{{ "{{" }} if .vars.a {{ "}}" }}yes{{ "{{" }} else {{ "}}" }}no{{ "{{" }} end {{ "}}" }}'`,
    )),
    ...twice,
  },
  "the path of an import": at(`import: ['${CHOICE}']\n${vars("x: 1")}`, YES_NO),
  "the path of an import, in a template": at(`import: [gate.yaml.tmpl]\n${vars("x: 1")}`, {
    ...YES_NO,
    "stacks/gate.yaml.tmpl": `import: ['${CHOICE}']\n`,
  }),
  "the path of an import, from a local": at(
    `locals: {t: '${CHOICE}'}\nimport: ['{{ .locals.t }}']\n${vars("x: 1")}`,
    YES_NO,
  ),
  "the context of an import, from a local": at(
    `locals: {t: '${SECRET}'}\nimport: [{path: c.yaml.tmpl, context: {t: '{{ .locals.t }}'}}]\n${vars("x: 1")}`,
    { "stacks/c.yaml.tmpl": "vars: {stage: '{{ .t }}'}\n" },
  ),
  "the name of the stack": {
    ...at(vars("stage: '{{ .atmos_stack }}'").replace("name: one\n", "")),
    atmos: named(SECRET),
  },
  "the name of a base component": at(
    `locals: {t: '${CHOICE}'}\n` + vars("x: 1").replace(
      "{eks: {}}",
      "{yes: {vars: {stage: y}}, no: {vars: {stage: n}}, eks: {metadata: {inherits: ['{{ .locals.t }}']}}}",
    ),
  ),
  "the component in the code": at(
    `locals: {t: '${SECRET}'}\n` +
      vars("stage: '{{ .component }}'").replace("eks: {}", "eks: {metadata: {component: '{{ .locals.t }}'}}"),
  ),
  "what lists do": at(
    `locals: {t: '{{ if hasPrefix "t0" (env "TOKEN") }}append{{ else }}replace{{ end }}'}\n` +
      vars("l: [a], stage: '{{ len .vars.l }}'").replace(
        "eks: {}",
        "eks: {settings: {list_merge_strategy: '{{ .locals.t }}'}, vars: {l: [b]}}",
      ),
  ),
  "a function in locals": at(`locals: {t: !env TOKEN}\n${vars("stage: '{{ .locals.t }}'")}`),
  "a function in the vars that locals see": at(
    `locals: {t: '{{ .vars.t }}'}\n${vars("t: !env TOKEN, stage: '{{ .locals.t }}'")}`,
  ),
  "a function that a template reads": at(vars("t: !env TOKEN, stage: '{{ .vars.t }}'")),
  "a function in a map that a template takes over": {
    ...at(vars("m: {t: [!env TOKEN]}, n: '{{ .vars.m }}'")),
    atmos: atmosYaml({ name: "{{ index .vars.n.t 0 }}" }),
  },
  "the variables of the component": at(`env: {A: !env TOKEN, B: !env A}\n${vars("stage: !env B")}`),
  "a file for all variables": at(`env: {<<: !include ~/TOKEN.env}\n${vars("stage: !env A")}`, BEYOND),
  "a file for a whole section": at(vars("x: 1").replace("vars: {x: 1", "vars: {<<: !include ~/TOKEN.yaml"), BEYOND),
  "a file for a section of a component": at(
    vars("x: 1").replace("eks: {}", "eks: {vars: !include ~/TOKEN.yaml}"),
    BEYOND,
  ),
  "a file for a component": at(vars("x: 1").replace("eks: {}", "eks: !include ~/TOKEN.component.yaml"), BEYOND),
  "a file for all components": at(
    vars("x: 1").replace("{terraform: {eks: {}}}", "!include ~/TOKEN.components.yaml"),
    BEYOND,
  ),
  "a file with more merged into it": at(
    vars("m: !include ~/TOKEN.yaml, stage: '{{ .vars.m.stage }}'").replace("eks: {}", "eks: {vars: {m: {other: 1}}}"),
    BEYOND,
  ),
  "how many items a file has, with more appended from the tree": at(
    vars("l: !include ~/TOKEN.list.json, stage: '{{ len .vars.l }}'").replace(
      "eks: {}",
      "eks: {vars: {l: !append [!include l.yaml ]}}",
    ),
    { ...BEYOND, "stacks/deploy/l.yaml": "a\n" },
  ),
  "how many items a file has, with a file of the tree appended": at(
    vars("l: !include ~/TOKEN.list.json, stage: '{{ len .vars.l }}'").replace(
      "eks: {}",
      "eks: {settings: {list_merge_strategy: append}, vars: {l: !include l.json }}",
    ),
    { ...BEYOND, "stacks/deploy/l.json": '["b"]' },
  ),
  "a part of a file": at(vars("stage: !include '~/TOKEN.yaml .stage // \"x\"'"), BEYOND),
  "the text of a file": at(vars("stage: !include.raw ~/TOKEN.env"), BEYOND),
  "a file that includes another": at(vars("stage: !include '~/TOKEN.two.yaml .inner.stage'"), BEYOND),
  "which file is included": at(vars(`stage: !include '${CHOICE}.txt'`), {
    "stacks/deploy/yes.txt": "y",
    "stacks/deploy/no.txt": "n",
  }),
  "which file is included, by a local": at(
    `locals: {t: '${CHOICE}'}\n${vars("stage: !include '{{ .locals.t }}.txt'")}`,
    {
      "stacks/deploy/yes.txt": "y",
      "stacks/deploy/no.txt": "n",
    },
  ),
  "whether a function gives a map": {
    ...at(vars(`m: !template '${CHOICE.replace("yes", '{"a": 1}')}'`).replace("eks: {}", "eks: {vars: {m: {b: 2}}}")),
    atmos: atmosYaml({ name: "{{ len .vars.m }}" }),
  },
  "whether a function gives no map": {
    ...at(
      vars(`m: !template '${CHOICE.replace("no", '{"a": 1}')}'`).replace("eks: {}", "eks: {vars: {m: {b: 2}}}"),
    ),
    atmos: atmosYaml({ name: "{{ len .vars.m }}" }),
  },
  "a map over what a function gives": {
    ...at(vars("m: !template '{{ dict `a` (env `TOKEN`) | toJson }}'").replace("eks: {}", "eks: {vars: {m: {b: 2}}}")),
    atmos: atmosYaml({ name: "{{ .vars.m.a }}" }),
  },
  "a key": at(`import: [k.yaml.tmpl]\n${vars("stage: '{{ keys .settings.m | first }}'")}`, {
    "stacks/k.yaml.tmpl": `settings: {m: {"${SECRET.replaceAll('"', "`")}": {}}}\n`,
  }),
};

const FAILS = `x{{ if hasPrefix "t0" (env "TOKEN") }}{{ .nope }}{{ end }}`;
const off = { atmos: atmosYaml({ more: "" }) };
const LOCALS = "locals: {l: x}\n";

/** A stack with a component `net`; the name of the cluster is made of one of its variables. */
function other(secret: string, name: string): string {
  return vars(`stage: '{{ (atmos.Component "net" .stack).vars.${name} }}'`)
    .replace("eks: {}", `eks: {}, net: {vars: {stage: x, ok: dev, s: ${secret}}}`);
}

/** The same through what a file with locals knows of itself, and what is put off. */
const FILE_ROADS: Readonly<Record<string, Case>> = {
  "whether a template file is put off": { files: { "stacks/deploy/a.yaml.tmpl": vars(`stage: '${FAILS}'`) }, ...off },
  "what is put off": { files: { "stacks/deploy/a.yaml.tmpl": vars(`stage: '{{ .component }}${CHOICE}'`) } },
  "whether a template beside locals is put off": { ...at(LOCALS + vars(`stage: '${FAILS}'`)), ...off },
  "locals after what is put off": at(`locals: {s: '${SECRET}'}\n${vars("stage: '{{ .component }}-{{ .locals.s }}'")}`),
  ...Object.fromEntries([
    `spacelift: {workspace_enabled: true, stack_name: '${SECRET}'}`,
    `spacelift: {workspace_enabled: true, stack_name_pattern: 'x-{tenant}'}`,
    `atlantis: {project_template: {name: 'x-{tenant}'}}`,
  ].map((settings) => [
    `settings of ${settings}`,
    {
      ...at(`settings: {${settings}}\n${vars("tenant: !env TOKEN")}`),
      atmos: atmosYaml({ name: `{{ .${settings.startsWith("s") ? "spacelift_stack" : "atlantis_project"} }}` }),
    },
  ])),
  ...Object.fromEntries([SECRET, "!env TOKEN"].map((secret) => [
    `another component that has ${secret}`,
    at(other(secret.startsWith("!") ? secret : `'${secret}'`, "s")),
  ])),
  "a reference to a function": at(vars("fn: !env TOKEN, stage: '{{ .vars.fn }}'")),
  "a reference to a function in a context": at(
    `import: [{path: c, context: {fn: !env TOKEN}}]\n${vars("x: 1")}`,
    { "stacks/c.yaml": "vars: {stage: '{{ .fn }}'}\n" },
  ),
  "a map of another component": at(other(`{deep: '${SECRET}'}`, "s")),
  "another component, in the template of atmos.yaml": {
    ...at(other(`'${SECRET}'`, "ok")),
    atmos: atmosYaml({ name: `{{ (atmos.Component "net" .stack).vars.s }}` }),
  },
  "a stack in which another component is": {
    ...at(other("x", "ok").replace("name: one\n", "").replace(".stack", '"t0ken"')),
    atmos: named(SECRET),
  },
  "a name in a component": {
    ...at(vars("x: 1").replace("eks: {}", `eks: {'${SECRET}': 1}`)),
    atmos: atmosYaml({ name: "{{ range $k, $v := . }}{{ if hasPrefix `t0` $k }}{{ $k }}{{ end }}{{ end }}" }),
  },
  "a name in a file with locals": at(`${LOCALS}${vars(`m: {'${SECRET}': 1}, stage: '{{ keys .vars.m | first }}'`)}`),
  ...Object.fromEntries(["settings", "env"].map((section) => [
    `${section} beside locals`,
    at(`${LOCALS}${section}: {s: '${SECRET}'}\n${vars(`stage: '{{ .${section}.s }}'`)}`),
  ])),
  "vars beside locals": at(`${LOCALS}env: {E: '{{ .vars.s }}'}\n${vars(`s: '${SECRET}', stage: '{{ .env.E }}'`)}`),
  "a map beside locals": at(`${LOCALS}settings: {m: {s: '${SECRET}'}}\n${vars("stage: '{{ .settings.m }}'")}`, {}),
  "a map of locals": at(
    `locals: {m: {s: '${SECRET}'}}\nimport: [{path: c, context: {m: '{{ .locals.m }}'}}]\n${vars("x: 1")}`,
    { "stacks/c.yaml": "settings: {m: '{{ .m }}'}\nvars: {stage: '{{`{{ .settings.m.s }}`}}'}\n" },
  ),
  "a context within a context": at(
    `locals: {s: '${SECRET}'}\nimport: [{path: c, context: {m: {a: 1, s: '{{ .locals.s }}'}}}]\n${vars("x: 1")}`,
    {
      "stacks/c.yaml": "import: [{path: d, context: {m: {a: 2}}}]\n",
      "stacks/d.yaml": "vars: {stage: '{{ .m.s }}'}\n",
    },
  ),
  "the context of an import in its path": at(
    `locals: {t: '${CHOICE}'}\nimport: [{path: '{{ .t }}', context: {t: '{{ .locals.t }}'}}]\n${vars("x: 1")}`,
    YES_NO,
  ),
};

for (const [road, input] of Object.entries({ ...ROADS, ...FILE_ROADS })) {
  Deno.test(`reach: no way around: ${road}`, async () => {
    const [name, ...powers] = await cluster(input, {});
    const others = powers.filter((one) => !one.includes("TOKEN") && !one.includes("template"));
    deepEqual([powers.length > 0, others], [true, []], name);
  });
}

Deno.test("reach: what one template sets, another does not see", async () => {
  const set = `a: '{{ $_ := set .vars "region" (env "TOKEN") }}{{ .vars.region }}', stage: '{{ .vars.region }}'`;
  deepEqual(await cluster(at(vars(set))), ["us-east-2-eks"]);
  const locals =
    `locals: {b: x, a: '{{ $_ := set .locals "b" (env "TOKEN") }}{{ .locals.b }}', c: '{{ .locals.b }}'}\n`;
  deepEqual(await cluster(at(locals + vars("stage: '{{ .locals.c }}'"))), ["x-eks"]);
});

const ONE_OF = '{{ index (list "us-east-1" "us-east-2") (';
/** Regions of AWS that tell something of what lies beyond the tree. */
const COMPUTED: readonly string[] = [
  `'${ONE_OF}mod (len (env "TOKEN")) 2 | int) }}'`,
  `'{{ if hasPrefix "t" (getenv "TOKEN") }}us-east-1{{ else }}us-east-2{{ end }}'`,
  `!template '{{ if expandenv "$TOKEN" | contains "0" }}us-east-1{{ else }}us-east-2{{ end }}'`,
  `'${ONE_OF}mod (len .settings.raw) 2 | int) }}'`,
  `'${ONE_OF}mod (len .settings.list) 2 | int) }}'`,
  "!include '~/TOKEN.region.yaml .region'",
  `'{{ env "HERE" | default "eu-west-1" }}'`,
  `'{{ env "AWS_REGION" }}'`,
  "!env OTHER_REGION",
  "!env COMPUTED",
];

Deno.test("reach: a region that is computed from anything beyond the tree needs trust, a plain !env AWS_REGION none", async () => {
  const beyond = { "../TOKEN.txt": "secret", "../TOKEN.list.json": "[1]", "../TOKEN.region.yaml": "region: us-east-2" };
  const own = `env: {COMPUTED: '{{ env "TOKEN" | len }}'}\n`;
  const settings = `${own}settings: {raw: !include.raw ~/TOKEN.txt, list: !include ~/TOKEN.list.json}\n`;
  const regions = (text: string) =>
    at(settings + manifest("dev").replace("region: us-east-2", `region: ${text}`), beyond);
  for (const text of COMPUTED) deepEqual((await cluster(regions(text))).length, 2, text);
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION us-east-2", "ATMOS_AWS_REGION"]) {
    deepEqual(await cluster(regions(`!env ${name}`)), ["dev-eks"], name);
  }
});

Deno.test("reach: which AWS profile is used may tell something, too", async () => {
  const powers = async (stage: string) => {
    const more = "templates: {settings: {enabled: true}}\n";
    const atmos = atmosYaml({ name: "one", more }).replace("}}\n", ", helm_aws_profile_pattern: '{stage}-p'}}\n");
    const { host, config, index } = await stackRepository({ "atmos.yaml": atmos, ...made(stage).files }, ENV);
    const found = await findComponent(index, { name: "eks", stack: "one" });
    return targetPowers(await eksTarget(host, { config, found, said: {} }), { config }).map(({ shown }) => shown);
  };
  deepEqual(await powers("dev"), []);
  deepEqual(await powers("!env TOKEN"), ["!env TOKEN"]);
});

const MAPS = "m: {secret: !env TOKEN, open: dev}, yes: {a: y}, no: {a: n}";

/** What a map that a template gives as it is, or a key that it makes, leads to. */
async function mapped(copy: string, name: string): Promise<readonly string[]> {
  const text = vars(`${MAPS}, copy: ${copy}`);
  return await cluster({ ...at(text), atmos: atmosYaml({ name }) });
}

Deno.test("reach: in a map that a template gives as it is, what came from beyond the tree, and nothing else", async () => {
  const power = `!env TOKEN ${FILE}:2`;
  deepEqual(await mapped("'{{ .vars.m }}'", "{{ .vars.copy.secret }}"), ["t0ken", power]);
  deepEqual(await mapped("'{{ .vars.m }}'", "{{ .vars.copy.open }}"), ["dev"]);
  deepEqual(await mapped("'{{ list .vars.m }}'", "{{ (first .vars.copy).secret }}"), ["t0ken", power]);
  deepEqual(await mapped("'{{ dict `k` .vars.m }}'", "{{ .vars.copy.k.open }}"), ["dev"]);
  const later = (made: string) => `{{ "{{" }} ${made} {{ "}}" }}`;
  for (
    const made of ["merge (dict) .vars.m", "set .vars.m `a` 1", "pick .vars.m `secret`", "dict `secret` .vars.m.secret"]
  ) {
    const text = vars(`m: {secret: '{{ env "TOKEN" }}'}, copy: '${later(made)}'`);
    const more = "templates: {settings: {enabled: true, evaluations: 2}}\n";
    const name = await cluster({ ...at(text), atmos: atmosYaml({ name: "{{ .vars.copy.secret }}", more }) });
    deepEqual([name[0], name.length], ["t0ken", 2], made);
  }
});

Deno.test("reach: which map it is, and which names are in it, may come from the environment, too", async () => {
  const choice = "{{ if hasPrefix `t0` (env `TOKEN`) }}{{ .vars.yes }}{{ else }}{{ .vars.no }}{{ end }}";
  const chosen = await mapped(`'${choice}'`, "{{ .vars.copy.a }}");
  deepEqual([chosen[0], chosen.length], ["y", 2]);
  const key = "{'{{ env `TOKEN` }}': x}";
  for (
    const name of [
      "{{ keys .vars.copy | first }}",
      "{{ range $k, $v := .vars.copy }}{{ $k }}{{ end }}",
      "{{ if hasKey .vars.copy `t0ken` }}yes{{ end }}",
      "{{ if hasKey .vars.copy `other` }}yes{{ else }}no{{ end }}",
      "{{ len .vars.copy }}-eks",
    ]
  ) deepEqual((await mapped(key, name)).length, 2, name);
});

Deno.test("reach: a file is read anew for a context of the same values that come from elsewhere", async () => {
  const stack = (name: string, more: string, stage: string) =>
    `name: ${name}\n${more}import: [{path: c, context: {stage: ${stage}}}]\nvars: {region: us-east-2}\n` +
    "components: {terraform: {eks: {}}}\n";
  const files = {
    "atmos.yaml": atmosYaml(),
    "stacks/deploy/a.yaml": stack("one", "", "t0ken"),
    "stacks/deploy/b.yaml": stack("two", `locals: {s: '${SECRET}'}\n`, "'{{ .locals.s }}'"),
    "stacks/c.yaml": "vars: {stage: '{{ .stage }}'}\n",
  };
  const { host, config, index } = await stackRepository(files, ENV);
  const powers = async (stack: string) => {
    const found = await findComponent(index, { name: "eks", stack });
    return (await eksTarget(host, { config, found, said: {} })).powers.length;
  };
  deepEqual([await powers("one"), await powers("two"), await powers("one")], [0, 2, 0]);
});

Deno.test("reach: a map that a file is given needs no trust for what else the file says", async () => {
  const files = (stage: string) => ({
    "stacks/deploy/a.yaml": `locals: {s: '${SECRET}'}\nname: one\n` +
      "import: [{path: c, context: {m: {s: '{{ .locals.s }}', open: o}, stage: dev}}]\n" +
      "vars: {region: us-east-2}\ncomponents: {terraform: {eks: {}}}\n",
    "stacks/c.yaml.tmpl": `settings: {m: '{{ .m }}', n: {{ .m }}}\nvars: {stage: '${stage}'}\n`,
  });
  deepEqual(await cluster({ files: files("{{ .stage }}") }), ["dev-eks"]);
  deepEqual(await cluster({ files: files("{{`{{ .settings.m.open }}`}}") }), ["o-eks"]);
  deepEqual((await cluster({ files: files("{{`{{ .settings.n.s }}`}}") })).length, 2);
});

Deno.test("reach: what else another component reads is no matter", async () => {
  for (const secret of [`'${SECRET}'`, "!env TOKEN", `{deep: '${SECRET}'}`]) {
    deepEqual(await cluster(at(other(secret, "ok"))), ["dev-eks"], secret);
  }
});

Deno.test("reach: a variable that atmos.yaml sets for templates is the tree's own, unless it takes it from elsewhere", async () => {
  const named = (value: string) => ({
    ...at(vars(`stage: '{{ env "OWN" }}'`)),
    atmos: atmosYaml({ more: `templates: {settings: {enabled: true, env: {OWN: ${value}}}}\n` }),
  });
  deepEqual(await cluster(named("dev")), ["dev-eks"]);
  deepEqual(await cluster(named("!env TOKEN")), ["t0ken-eks", "!env TOKEN /home/me/repo/atmos.yaml:3"]);
});
