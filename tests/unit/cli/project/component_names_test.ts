import { deepEqual } from "node:assert/strict";
import { quietConfig } from "../../../../src/cli/completion/configured_names.ts";
import { componentNames, stackNames } from "../../../../src/cli/project/component_names.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const CONFIG = `
stacks:
  base_path: stacks
  included_paths: ["orgs/**/*", "single"]
  excluded_paths: ["**/_defaults.yaml"]
  name_pattern: "{environment}-{stage}"
`;

async function names(files: Readonly<Record<string, string>>) {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": CONFIG, ...under(files) } });
  const globals = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
  const loaded = await quietConfig(host, globals);
  return { stacks: await stackNames(host, loaded), components: await componentNames(host, loaded) };
}

function under(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/home/me/repo/${path}`, text]));
}

const A = "components: {terraform: {a: {vars: {x: 1}}}}\n";

Deno.test("stack names: manifests that are included and not excluded; what is broken is left out", async () => {
  const { stacks } = await names({
    "stacks/orgs/acme/dev.yaml": "",
    "stacks/orgs/acme/prod.yml": A,
    "stacks/orgs/acme/tmpl.yaml.tmpl": "{{ if }}: [",
    "stacks/orgs/acme/_defaults.yaml": A,
    "stacks/orgs/acme/readme.md": "",
    "stacks/catalog/vpc.yaml": A,
    "stacks/single.yaml": A,
  });
  deepEqual(stacks, ["orgs/acme/dev", "orgs/acme/prod", "single"]);
});

Deno.test("stack names: as stacks are called, with what they inherit", async () => {
  const { stacks } = await names({
    "stacks/mixins/dev.yaml": "vars: {stage: dev}\n",
    "stacks/orgs/a.yaml": `import: [mixins/dev]\nvars: {environment: ue2}\n${A}`,
    "stacks/orgs/b.yaml": `name: plat dev\n${A}`,
    "stacks/orgs/c.yaml":
      "vars: {environment: uw2, stage: dev}\ncomponents: {terraform: {a: {}, b: {vars: {stage: special}}}}\n",
  });
  deepEqual(stacks, ["ue2-dev", "plat dev", "uw2-dev", "uw2-special"]);
});

Deno.test("stack names: components are those of manifests; abstract ones are not", async () => {
  const { components } = await names({
    "stacks/orgs/a.yaml":
      "components: { terraform: { eks/blue: {}, vpc: {}, base: { metadata: { type: abstract } } }, helmfile: { echo: } }",
    "stacks/orgs/broken.yaml": "components: [",
  });
  deepEqual(components, ["eks/blue", "vpc", "echo"]);
});

Deno.test("stack names: without a configuration there are none", async () => {
  const { host } = configWorld({});
  const globals = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
  const config = await quietConfig(host, globals);
  deepEqual([await stackNames(host, config), await componentNames(host, config)], [[], []]);
});
