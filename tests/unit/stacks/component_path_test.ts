import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { namesWith } from "../../../src/stacks/names.ts";
import { StackIndex } from "../../../src/stacks/stack_index.ts";
import { stackSettings } from "../../../src/stacks/settings/stack_settings.ts";
import { REPO, stackRepository } from "../../support/config/stack_repository.ts";

const CONFIG = `stacks: {base_path: stacks, included_paths: ["*"], name_template: "{{ .vars.stage }}"}
components: {terraform: {base_path: modules}, helmfile: {base_path: ./releases}}
`;
const DEV = `vars: {stage: dev}
components:
  terraform:
    vpc: {}
    eks/cluster: {}
    base: {metadata: {type: abstract, component: rds}}
    orders-db: {metadata: {component: rds}}
    cache-a: {component: cache}
    cache-b: {component: cache}
    heir: {metadata: {inherits: [parent]}}
    parent: {metadata: {type: abstract, component: queue}}
    modules/odd: {}
  helmfile:
    app: {}
    vpc: {}
`;
const CODE = [
  "modules/vpc",
  "modules/eks/cluster",
  "modules/rds",
  "modules/cache",
  "modules/queue",
  "releases/app",
  "releases/vpc",
];

async function repositoryAt(cwd: string) {
  const code = Object.fromEntries(CODE.map((path) => [`${path}/main.tf`, ""]));
  const files = { "atmos.yaml": CONFIG, "stacks/dev.yaml": DEV, ...code };
  const { host, config, index } = await stackRepository(files);
  if (cwd === ".") return index;
  const there = { ...host, read: { ...host.read, cwd: () => `${REPO}/${cwd}` } };
  return new StackIndex(there, stackSettings(there, config));
}

/** The current directory, what is typed, and the component that it means. */
const PATHS: readonly (readonly [string, string, string])[] = [
  [".", "./modules/vpc", "terraform vpc"],
  [".", "./modules/vpc/", "terraform vpc"],
  [".", "modules/vpc", "terraform vpc"],
  [".", "./modules/../modules//vpc", "terraform vpc"],
  [".", `${REPO}/modules/vpc`, "terraform vpc"],
  [".", "./releases/vpc", "helmfile vpc"],
  [".", `${REPO}/releases/app`, "helmfile app"],
  [".", "./modules/eks/cluster", "terraform eks/cluster"],
  [".", "./modules/rds", "terraform orders-db"],
  [".", "./modules/queue", "terraform heir"],
  ["modules/vpc", ".", "terraform vpc"],
  ["modules", "./vpc", "terraform vpc"],
  ["modules/rds", "../vpc", "terraform vpc"],
  ["modules/eks/cluster", "../../vpc", "terraform vpc"],
  ["releases/app", "../../modules/eks/cluster", "terraform eks/cluster"],
  ["modules/vpc/sub", "..", "terraform vpc"],
  // Names, however they look.
  [".", "eks/cluster", "terraform eks/cluster"],
  [".", "modules/odd", "terraform modules/odd"],
  ["modules", "vpc", "terraform vpc"],
];
for (const [cwd, typed, expected] of PATHS) {
  Deno.test(`component path: ${typed} in ${cwd} is ${expected}`, async () => {
    const index = await repositoryAt(cwd);
    for (const stack of ["dev", undefined]) {
      const { component: { kind, name } } = await findComponent(index, { name: typed, stack });
      equal(`${kind} ${name}`, expected);
    }
    deepEqual(await namesWith(index, { component: typed }), ["dev"]);
  });
}

/** What is typed, and why that means no component. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "./modules": /^usage Cannot find component "\.\/modules": that path is not in a component directory$/,
  "./stacks/dev.yaml": /^usage .*not in a component directory$/,
  "../elsewhere/vpc": /^usage .*not in a component directory$/,
  "/": /^usage .*not in a component directory$/,
  "./modules-of-others/vpc": /^usage .*not in a component directory$/,
  "./modules/cache": /^usage Cannot choose a component for "cache": 2 of stack "dev" have its code$/,
  "./modules/vpcc":
    /^config-not-found Cannot find component "vpcc": the stack "dev" does not have it; did you mean "vpc"\?$/,
  "modules/vpcc": /^config-not-found Cannot find component "vpcc": /,
  "./releases/eks/cluster": /^config-not-found Cannot find component "eks\/cluster"/,
  "elsewhere/vpc": /^config-not-found Cannot find component "elsewhere\/vpc": /,
};
for (const [typed, expected] of Object.entries(REFUSED)) {
  Deno.test(`component path: ${typed} is refused`, async () => {
    await rejects(findComponent(await repositoryAt("."), { name: typed, stack: "dev" }), (error: AppError) => {
      match(`${error.code} ${error.message}`, expected);
      return true;
    });
  });
}

/** What a component says of its base, and whether that is enough. */
const BASES: Readonly<Record<string, boolean>> = {
  "component: code": true,
  "component: deep/code": true,
  "component: nowhere": false,
  "component: code/main.tf": false,
  "metadata: {inherits: [code]}": false,
  "metadata: {component: nowhere}": true,
  "metadata: {inherits: [base]}": true,
  "component: other": false,
};
for (const [said, isEnough] of Object.entries(BASES)) {
  Deno.test(`a base that is a directory: ${said} is ${isEnough ? "enough" : "an error"}`, async () => {
    const { index } = await stackRepository({
      "atmos.yaml": 'stacks: {base_path: stacks, included_paths: ["*"]}\n',
      "stacks/dev.yaml":
        `components: {terraform: {cluster: {${said}, vars: {size: 2}}, base: {component: code, vars: {a: 1}}}}\n`,
      "components/terraform/code/main.tf": "",
      "components/terraform/deep/code/main.tf": "",
      "components/helmfile/other/helmfile.yaml": "",
    });
    const found = findComponent(index, { name: "cluster", stack: "dev" });
    if (!isEnough) return await rejects(found, /"cluster" inherits from ".*", which the stack dev does not have/);
    const { component } = await found;
    const [, code] = /component: ([\w/]+)/.exec(said) ?? [];
    if (code !== undefined) equal(component.source, code);
  });
}
