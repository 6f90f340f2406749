import { deepEqual } from "node:assert/strict";
import { eksTarget } from "../../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

type Files = Readonly<Record<string, string>>;

const ENV = { TOKEN: "t0ken", STAGE: "dev" };
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
async function cluster({ files, atmos = atmosYaml() }: Case): Promise<readonly string[]> {
  const { host, config, index } = await stackRepository({ "atmos.yaml": atmos, ...files }, ENV);
  const found = await findComponent(index, { name: "eks", stack: "one" });
  const { clusterName, powers } = await eksTarget(host, { config, settings: index.settings, found, said: {} });
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
  deepEqual([own, ownPowers], ["t0ken-eks", [`a template of this file ${FILE}.tmpl:1`]]);
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
