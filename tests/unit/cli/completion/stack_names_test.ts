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

async function names(files: Readonly<Record<string, string>>) {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": CONFIG, ...under(files) } });
  const globals = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };
  const config = await quietConfig(host, globals);
  return { stacks: stackNames(host, config), components: componentNames(host, config) };
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
