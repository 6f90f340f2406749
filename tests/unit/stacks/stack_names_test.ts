import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { AppError } from "../../../src/errors.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { componentNames, namesWith } from "../../../src/stacks/names.ts";
import { stackNames } from "../../../src/cli/project/component_names.ts";
import { stackRepository } from "../../support/config/stack_repository.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const VARS = "vars: {namespace: acme, tenant: plat, environment: ue1, stage: dev}\n";
const VPC = "components: {terraform: {vpc: {}}}\n";

function repository(stacks: string, manifest: string, path = "deploy/one.yaml") {
  const paths = 'base_path: stacks, included_paths: ["**/*"]';
  return stackRepository({ "atmos.yaml": `stacks: {${paths}${stacks}}\n`, [`stacks/${path}`]: manifest });
}

/** What atmos.yaml says of names, what the manifest says, its path, and all names that the stack answers to. */
const NAMES: readonly (readonly [string, string, string, readonly [string, ...string[]]])[] = [
  ["", "", "deploy/one.yaml", ["deploy/one"]],
  ["", "", "deploy/one.yml", ["deploy/one"]],
  ["", "", "one.yaml.tmpl", ["one"]],
  ["", "", "deploy/eu/one.yml.tmpl", ["deploy/eu/one"]],
  [', name_pattern: "", name_template: ""', "", "deploy/one.yaml", ["deploy/one"]],
  ["", "name: blue\n", "deploy/one.yaml", ["blue"]],
  [', name_pattern: "{tenant}-{stage}"', "", "deploy/one.yaml", ["plat-dev", "deploy/one"]],
  [', name_pattern: "{tenant}-{stage}"', "name: blue\n", "deploy/one.yaml", ["blue"]],
  [', name_template: "{{ .vars.stage }}"', "", "deploy/one.yaml", ["dev", "deploy/one"]],
  [', name_template: "{{ .vars.stage }}"', "name: blue\n", "deploy/one.yaml", ["blue"]],
  [', name_template: "{{ .vars.tenant }}", name_pattern: "{stage}"', "", "deploy/one.yaml", ["plat", "deploy/one"]],
  [', name_template: "{{ .vars.none }}"', "", "deploy/one.yaml", ["deploy/one"]],
  [', name_pattern: "{stage}-{none}"', "", "deploy/one.yaml", ["dev", "deploy/one"]],
];
for (const [stacks, own, path, names] of NAMES) {
  Deno.test(`stack names: ${names.join(" or ")} of ${path}${stacks}${own.trimEnd()}`, async () => {
    const { index, host, config } = await repository(stacks, own + VARS + VPC, path);
    deepEqual(await namesWith(index, { component: undefined }), names.slice(0, 1));
    deepEqual(await namesWith(index, { component: "vpc" }), names.slice(0, 1));
    deepEqual(await stackNames(host, config), names.slice(0, 1));
    for (const stack of names) {
      equal((await findComponent(index, { name: "vpc", stack })).stackName, names[0]);
      deepEqual(await componentNames(index, { stack, withAbstract: false }), ["vpc"]);
    }
    const others = ["deploy/one", "plat-ue1-dev", "one.yaml", "acme-plat-ue1-dev"].filter((one) =>
      !names.includes(one)
    );
    for (const stack of others) {
      for (
        const ask of [
          findComponent(index, { name: "vpc", stack }),
          componentNames(index, { stack, withAbstract: true }),
        ]
      ) {
        await rejects(ask, (error) => error instanceof AppError && error.exitStatus === 2);
      }
    }
  });
}

Deno.test("stack names: of a stack with a name, the file leads to the name", async () => {
  const { index } = await repository("", `name: blue\n${VPC}`);
  await rejects(findComponent(index, { name: "vpc", stack: "deploy/one" }), (error: AppError) => {
    const { message } = error;
    equal(message, 'Cannot find stack "deploy/one": the stack in that file is called "blue"');
    equal(renderRemedy({}, error), "Use its name: -s blue");
    return true;
  });
});

Deno.test("stack names: two manifests of one name are one stack where they agree, and an error where not", async () => {
  const files = {
    "atmos.yaml": 'stacks: {base_path: stacks, included_paths: ["*"], name_template: "{{ .vars.stage }}"}\n',
  };
  const one = "vars: {stage: dev}\ncomponents: {terraform: {vpc: {}, a: {}}}\n";
  const same = await stackRepository({
    ...files,
    "stacks/a.yaml": one,
    "stacks/b.yaml": one.replace("a: {}", "b: {}"),
  });
  deepEqual(await namesWith(same.index, { component: undefined }), ["dev", "dev"]);
  deepEqual(await componentNames(same.index, { stack: "dev", withAbstract: false }), ["vpc", "a", "b"]);
  equal((await findComponent(same.index, { name: "vpc", stack: "dev" })).component.stack.file, "a");
  const other = await stackRepository({
    ...files,
    "stacks/a.yaml": one,
    "stacks/b.yaml": one.replace("vpc: {}", "vpc: {vars: {x: 1}}"),
  });
  await rejects(
    findComponent(other.index, { name: "vpc", stack: "dev" }),
    /a\.yaml" and "\S+b\.yaml" define it differently/,
  );
  equal((await findComponent(other.index, { name: "vpc", stack: "b" })).component.stack.file, "b");
});

Deno.test("stack names: without any atmos.yaml, the pattern of the Go atmos", async () => {
  const { index } = await stackRepository({ "stacks/orgs/acme/dev.yaml": VARS + VPC });
  deepEqual(await namesWith(index, { component: undefined }), ["plat-ue1-dev"]);
});

Deno.test("stack names: a stack without components has none, and is offered by its name or file", async () => {
  for (const [manifest, name] of [[VARS, "deploy/one"], [`name: blue\n${VARS}`, "blue"]] as const) {
    const { host, config } = await repository("", manifest);
    deepEqual(await stackNames(host, config), [name]);
  }
});

Deno.test("stack names: patterns that mean far too much are an error that names their key", async () => {
  const braces = "{a,b}".repeat(11);
  for (const key of ["included_paths", "excluded_paths"]) {
    const stacks = { base_path: "stacks", included_paths: ["*"], [key]: [braces] };
    const { index } = await stackRepository({ "atmos.yaml": JSON.stringify({ stacks }), "stacks/one.yaml": VPC });
    await rejects(index.stacks(), ({ code, message }: AppError) => {
      equal(code, "config-invalid");
      match(message, new RegExp(`^Cannot use stacks\\.${key} "`));
      return true;
    });
  }
});
