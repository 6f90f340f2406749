import { deepEqual } from "node:assert/strict";
import { quietConfig } from "../../../../src/cli/completion/quiet_config.ts";
import { componentNames, stackNames } from "../../../../src/cli/completion/stack_names.ts";
import { configWorld } from "../../../support/config_files.ts";

const CONFIG = `
base_path: .
stacks:
  base_path: stacks
  included_paths: ["orgs/**/*", "single"]
  excluded_paths: ["**/_defaults.yaml"]
components:
  terraform: { base_path: components/terraform }
`;

async function names(files: Readonly<Record<string, string>>, config = CONFIG) {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": config, ...under(files) } });
  const globals = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
  const loaded = await quietConfig(host, globals);
  return { stacks: stackNames(host, loaded), components: componentNames(host, loaded) };
}

function under(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/home/me/repo/${path}`, text]));
}

Deno.test("stack names: manifests that are included and not excluded, without their extension", async () => {
  const { stacks } = await names({
    "stacks/orgs/acme/dev.yaml": "",
    "stacks/orgs/acme/prod.yml": "",
    "stacks/orgs/acme/tmpl.yaml.tmpl": "{{ if }}: [",
    "stacks/orgs/acme/_defaults.yaml": "",
    "stacks/orgs/acme/readme.md": "",
    "stacks/catalog/vpc.yaml": "",
    "stacks/single.yaml": "",
  });
  deepEqual(stacks, ["orgs/acme/dev", "orgs/acme/prod", "orgs/acme/tmpl", "single"]);
});

Deno.test("stack names: a name that the manifest gives itself", async () => {
  const files = { "stacks/orgs/a.yaml": "name: plat dev\n", "stacks/orgs/b.yaml": "name: [x]\n" };
  deepEqual((await names(files)).stacks, ["orgs/a", "plat dev", "orgs/b"]);
});

Deno.test("stack names: components are directories, and names in manifests; abstract ones are not", async () => {
  const { components } = await names({
    "components/terraform/vpc/main.tf": "",
    "components/terraform/.hidden/main.tf": "",
    "components/terraform/README.md": "",
    "components/helmfile/nginx/helmfile.yaml": "",
    "stacks/orgs/a.yaml":
      "components: { terraform: { eks/blue: {}, vpc: {}, base: { metadata: { type: abstract } } }, helmfile: { echo: } }",
    "stacks/orgs/broken.yaml": "components: [",
    "stacks/orgs/odd.yaml": "components: { terraform: [a] }",
  });
  deepEqual(components, ["vpc", "nginx", "eks/blue", "echo"]);
});

Deno.test("stack names: without a configuration there are none", async () => {
  const { host } = configWorld({});
  const globals = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
  const config = await quietConfig(host, globals);
  deepEqual([stackNames(host, config), componentNames(host, config)], [[], []]);
});

Deno.test("stack names: the pattern's name where the manifest's own vars have all of it as plain text", async () => {
  const files = {
    "stacks/orgs/a.yaml": "vars: {environment: ue2, stage: dev}\n",
    "stacks/orgs/b.yaml": "vars: {stage: dev}\n",
    "stacks/orgs/c.yaml": "vars: {environment: '{{ .x }}', stage: dev}\n",
    "stacks/orgs/d.yaml": "vars: {environment: 1, stage: dev}\n",
    "stacks/orgs/e.yaml": "vars: {environment: '1', stage: !env STAGE}\n",
    "stacks/orgs/f.yaml": "vars: {environment: '1', stage: dev}\n",
  };
  const pattern = (more: string) => CONFIG.replace("  base_path: stacks", `  base_path: stacks\n  ${more}`);
  const named = await names(files, pattern("name_pattern: '{environment}-{stage}'"));
  deepEqual(named.stacks, ["ue2-dev", "orgs/b", "orgs/c", "orgs/d", "orgs/e", "1-dev"]);
  const plain = ["orgs/a", "orgs/b", "orgs/c", "orgs/d", "orgs/e", "orgs/f"];
  deepEqual((await names(files, pattern("name_pattern: fixed"))).stacks, plain);
  const both = "name_pattern: '{environment}-{stage}'\n  name_template: '{{ .vars.stage }}'";
  deepEqual((await names(files, pattern(both))).stacks, plain);
});
