import { equal, match } from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { eksTarget } from "../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { REPO, stackRepository } from "../../support/config/stack_repository.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const CONFIG = `stacks: {base_path: stacks, included_paths: ["deploy/*"]}
components: {helmfile: {cluster_name_template: "{{ .vars.stage }}-eks"}}
`;
const FINE = "name: fine\nvars: {stage: dev, region: us-east-2}\ncomponents: {terraform: {eks: {}}}\n";

type Files = Readonly<Record<string, string>>;

/** `file:line:column: message`, then the hint. */
async function failure(
  files: Files,
  { component = "eks", stack = "fine" }: { component?: string; stack?: string } = {},
) {
  const { host, config, index } = await stackRepository({ "atmos.yaml": CONFIG, ...files });
  try {
    const found = await findComponent(index, { name: component, stack });
    const { clusterName } = await eksTarget(host, { config, found, said: {} });
    return `none: ${clusterName.value}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { place, code, message } = error;
    const hint = renderRemedy({}, error);
    const where = place === undefined ? "" : `${place.file}:${place.line}:${place.column}: `;
    return `${code} ${where}${message}${hint === "" ? "" : `\n${hint}`}`.replaceAll(`${REPO}/`, "");
  }
}

const READ = 'Cannot read stack manifest "stacks/deploy/a.yaml": ';
const TEMPLATE = "components.helmfile.cluster_name_template";

const TOO_LONG = "template: the values become too long together";

/** Values each of which has the one before it twice. */
function doubling(section: string): string {
  const twice = (at: number) => `{{ .${section}.v${at} }}`.repeat(2);
  return Array.from({ length: 40 }, (_, at) => `  v${at}: "${at === 0 ? "aaaaaaaa" : twice(at - 1)}"\n`).join("");
}

Deno.test("broken stacks: every fault says what, where and what to do", async () => {
  const cases: readonly (readonly [string, string])[] = [
    [FINE, "none: dev-eks"],
    ["a: [", 'config-invalid stacks/deploy/a.yaml:1:5: Cannot read configuration "stacks/deploy/a.yaml": '],
    ["- a\n", `config-invalid stacks/deploy/a.yaml:1:1: ${READ}it must be a mapping (key: value)`],
    [
      `vars: [a]\n${FINE.replace(/vars.*\n/, "")}`,
      `config-invalid stacks/deploy/a.yaml:1:7: ${READ}vars must be a mapping`,
    ],
    [`${FINE}import: x\n`, `config-invalid stacks/deploy/a.yaml:4:9: ${READ}import must be a list`],
    [
      `${FINE}import: [{context: {}}]\n`,
      `config-invalid stacks/deploy/a.yaml:4:10: ${READ}an import must be a path, or a mapping with a path`,
    ],
    [
      `${FINE}import: [{path: deploy/a, context: 1}]\n`,
      `config-invalid stacks/deploy/a.yaml:4:36: ${READ}the context of an import must be a mapping`,
    ],
    [
      `${FINE}import: [catalog/on]\n`,
      `config-invalid stacks/deploy/a.yaml:4:10: ${READ}the import "catalog/on" does not exist; did you mean "catalog/one"?`,
    ],
    [
      `${FINE}import: ["catalog/{{ .vars.none }}"]\n`,
      `config-invalid stacks/deploy/a.yaml:4:10: ${READ}template: there is no .none; there are: stage, region`,
    ],
    [
      `${FINE}import: [catalog/circle]\n`,
      'config-invalid stacks/catalog/circle.yaml:1:10: Cannot read stack manifest "stacks/catalog/circle.yaml": circular import: stacks/catalog/circle.yaml -> stacks/catalog/round.yaml -> stacks/catalog/circle.yaml',
    ],
    [
      `${FINE}locals: {a: "{{ .locals.b }}", b: "{{ .locals.a }}"}\n`,
      `config-invalid stacks/deploy/a.yaml:4:10: ${READ}circular dependency between locals: a -> b -> a`,
    ],
    [
      `${FINE}locals: {a: "{{ nosuch }}"}\n`,
      `config-invalid stacks/deploy/a.yaml:4:13: ${READ}template: there is no function "nosuch"`,
    ],
    [`${FINE}locals:\n${doubling("locals")}`, `config-invalid stacks/deploy/a.yaml:23:8: ${READ}${TOO_LONG}`],
    [`${FINE}locals: [a]\n`, `config-invalid stacks/deploy/a.yaml:4:9: ${READ}locals must be a mapping`],
    [
      FINE.replace("eks: {}", "eks: {metadata: {inherits: [bas]}}, base: {}"),
      `config-invalid stacks/deploy/a.yaml:3:54: ${READ}"eks" inherits from "bas", which the stack deploy/a does not have; did you mean "base"?`,
    ],
    [
      FINE.replace("eks: {}", "eks: {metadata: {inherits: [b]}}, b: {component: eks}"),
      `config-invalid stacks/deploy/a.yaml:3:75: ${READ}circular inheritance: eks -> b -> eks`,
    ],
    [
      FINE.replace("eks: {}", "eks: {metadata: {inherits: {a: 1}}}"),
      `config-invalid stacks/deploy/a.yaml:3:53: ${READ}a base component must be a name`,
    ],
    [
      FINE.replace("eks: {}", "eks: {metadata: {type: abstract}}"),
      'config-invalid stacks/deploy/a.yaml:3:49: Cannot use component "eks" of stack "fine": it is abstract\nList them: atmos list components -s fine',
    ],
    [
      FINE.replace("eks: {}", "eks: {metadata: {enabled: false}}"),
      'config-invalid stacks/deploy/a.yaml:3:52: Cannot use component "eks" of stack "fine": it is disabled (metadata.enabled: false)\nSet metadata.enabled: true where it is false now',
    ],
    [
      FINE.replace("stage: dev", "x: 1"),
      `config-invalid atmos.yaml:2:48: Cannot use ${TEMPLATE} "{{ .vars.stage }}-eks" for component "eks" of stack "fine": there is no .stage; there are: x, region\nSpecify the name another way: --name NAME`,
    ],
    [
      FINE.replace("dev", "!store a b"),
      `config-invalid stacks/deploy/a.yaml:2:15: ${READ}!store cannot be resolved by atmos: write its value here instead\nWrite the value in its place, or use one of !include, !include.raw, !template, !env, !repo-root, !cwd, !random`,
    ],
    [
      FINE.replace("dev", "!include none.yaml"),
      `config-invalid stacks/deploy/a.yaml:2:15: ${READ}!include: there is neither "stacks/deploy/none.yaml" nor "none.yaml"`,
    ],
    [
      FINE.replace("dev", "!append {a: 1}"),
      'config-invalid stacks/deploy/a.yaml:2:15: Cannot read configuration "stacks/deploy/a.yaml": !append takes text, not a list or a mapping',
    ],
    [
      FINE.replace("eks: {}", "eks: 5"),
      `config-invalid stacks/deploy/a.yaml:3:31: ${READ}components.terraform.eks must be a mapping`,
    ],
    [
      `${FINE}metadata: {labels: {a: b}, component: eks}\n`,
      `config-invalid stacks/deploy/a.yaml:4:28: ${READ}metadata.component is for one component, not for all of a stack`,
    ],
    [
      `${FINE}terraform: {metadata: {inherits: [eks]}}\n`,
      `config-invalid stacks/deploy/a.yaml:4:24: ${READ}metadata.inherits is for one component, not for all of a stack`,
    ],
    [
      `${FINE}terraform: {backend_type: s3, backend: {s3: bucket}}\n`,
      `config-invalid stacks/deploy/a.yaml:4:45: ${READ}backend.s3 must be a mapping`,
    ],
    [
      `${FINE}terraform: {backend_type: [s3]}\n`,
      `config-invalid stacks/deploy/a.yaml:4:27: ${READ}backend_type must be the name of a backend`,
    ],
    [
      FINE.replace("eks: {}", "eks: {providers: [aws]}"),
      `config-invalid stacks/deploy/a.yaml:3:43: ${READ}providers must be a mapping`,
    ],
    ...["terrafrom", "Terraform", "terraforms"].map((kind): [string, string] => [
      FINE.replace("terraform", kind),
      `config-invalid stacks/deploy/a.yaml:3:14: ${READ}components.${kind} is not a kind of component; did you mean "terraform"?`,
    ]),
    [FINE.replace("eks: {}", "eks: {metadata: {type: shared}}"), "none: dev-eks"],
    [
      FINE.replace("eks: {}", "eks: {metadata: {type: abstrakt}}"),
      `config-invalid stacks/deploy/a.yaml:3:49: ${READ}metadata.type: found "abstrakt": it is no type; did you mean "abstract"?`,
    ],
    [
      FINE.replace("eks: {}", 'eks: {metadata: {terraform_workspace_template: "{{ .vars.none }}"}}'),
      `config-invalid stacks/deploy/a.yaml:3:73: ${READ}template: there is no .none; there are: stage, region`,
    ],
    [
      FINE.replace("eks: {}", "eks: {settings: {list_merge_strategy: apend}}"),
      'config-invalid stacks/deploy/a.yaml:3:64: Cannot use settings.list_merge_strategy: found "apend": must be replace, append or merge; did you mean "append"?',
    ],
    [
      FINE.replace("eks: {}", "eks: {settings: {list_merge_strategy: [append]}}"),
      "config-invalid stacks/deploy/a.yaml:3:64: Cannot use settings.list_merge_strategy: found a list: must be replace, append or merge",
    ],
    [`${FINE}overrides: [a]\n`, `config-invalid stacks/deploy/a.yaml:4:12: ${READ}overrides must be a mapping`],
  ];
  const catalog = {
    "stacks/catalog/one.yaml": "vars: {}\n",
    "stacks/catalog/circle.yaml": "import: [catalog/round]\n",
    "stacks/catalog/round.yaml": "import: [catalog/circle]\n",
  };
  for (const [text, wanted] of cases) {
    const found = await failure({ "stacks/deploy/a.yaml": text, ...catalog });
    if (wanted.endsWith(": ")) match(found, new RegExp(`^${wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\S`));
    else if (text.includes("catalog/circle")) match(found, /circular import: /);
    else equal(found, wanted);
  }
});

Deno.test("broken stacks: a broken manifest is no matter to another stack", async () => {
  equal(await failure({ "stacks/deploy/a.yaml": FINE, "stacks/deploy/b.yaml": "vars: [" }), "none: dev-eks");
});

Deno.test("broken stacks: names that are not there, or there twice", async () => {
  const files = { "stacks/deploy/a.yaml": FINE };
  const lists = "List them: atmos list";
  equal(
    await failure(files, { stack: "fin" }),
    `config-not-found Cannot find stack "fin": no stack has that name; did you mean "fine"?\n${lists} stacks`,
  );
  equal(
    await failure(files, { component: "ek" }),
    `config-not-found Cannot find component "ek": the stack "fine" does not have it; did you mean "eks"?\n${lists} components -s fine`,
  );
  equal(
    await failure({}),
    'config-not-found Cannot find a stack: "stacks" has no stack manifests (deploy/*)\nSet stacks.base_path and stacks.included_paths in atmos.yaml',
  );
  equal(await failure({ ...files, "stacks/deploy/b.yaml": FINE }), "none: dev-eks");
  const twice = await failure({ ...files, "stacks/deploy/b.yaml": FINE.replace("dev", "prod") });
  equal(
    twice,
    'config-invalid stacks/deploy/a.yaml:3:31: Cannot use component "eks" of stack "fine": "stacks/deploy/a.yaml" and "stacks/deploy/b.yaml" define it differently\nGive the stacks different names, or remove one of them',
  );
});

Deno.test("broken stacks: variables that double from one to the next are an error", async () => {
  const config = `${CONFIG}templates: {settings: {enabled: true, evaluations: 50, sprig: {enabled: true}}}\n`;
  const text = `name: fine\nvars:\n  stage: dev\n${doubling("vars")}components: {terraform: {eks: {}}}\n`;
  const files = { "atmos.yaml": config, "stacks/deploy/a.yaml": text };
  equal(await failure(files), `config-invalid stacks/deploy/a.yaml:23:8: ${READ}${TOO_LONG}`);
});

Deno.test("broken stacks: a template that goes on and on is an error at its line", async () => {
  const loop = "{{ $l := until 100000 }}{{ range until 3000 }}{{ $l = sortAlpha (uniq $l) }}{{ end }}";
  match(
    await failure({ "stacks/deploy/a.yaml": `${FINE}locals:\n  x: "${loop}"\n` }),
    /^config-invalid stacks\/deploy\/a\.yaml:5:6: .*: template: \w+: this template takes too much work$/,
  );
});
