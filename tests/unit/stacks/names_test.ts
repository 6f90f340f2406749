import type { AppError } from "../../../src/errors.ts";
import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { componentNames, namesWith } from "../../../src/stacks/names.ts";
import { stackRepository } from "../../support/config/stack_repository.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const ATMOS = 'stacks: {base_path: stacks, included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n';
const DEV = "vars: {stage: dev}\ncomponents: {terraform: {eks: {}, base: {metadata: {type: abstract}}}}\n";

function repository(atmos = ATMOS) {
  const files = { "stacks/deploy/dev.yaml": DEV, "stacks/deploy/bad.yaml": "vars: [" };
  return stackRepository({ "atmos.yaml": atmos, ...files });
}

Deno.test("names: stacks and components, a broken manifest apart", async () => {
  const { index } = await repository();
  deepEqual(await namesWith(index, { component: undefined }), ["dev"]);
  deepEqual(await namesWith(index, { component: "eks" }), ["dev"]);
  deepEqual(await namesWith(index, { component: "base" }), []);
  deepEqual(await componentNames(index, { stack: undefined, withAbstract: true }), ["eks", "base"]);
  deepEqual(await componentNames(index, { stack: "dev", withAbstract: false }), ["eks"]);
  equal(index.failures.length, 1);
});

Deno.test("names: components of every kind count, each name once; what only holds anchors is no kind", async () => {
  const { index } = await stackRepository({
    "atmos.yaml": ATMOS,
    "stacks/deploy/images.yaml": "vars: {stage: images}\ncomponents: {packer: {image: {}}, script: {run: {}}}\n",
    "stacks/deploy/mixed.yaml": `vars: {stage: mixed}
components:
  _anchors: {size: &size {vars: {size: 1}}}
  terraform: {image: *size, base: {metadata: {type: abstract}}}
  ansible: {image: {}, base: {}}
`,
  });
  deepEqual(await namesWith(index, { component: undefined }), ["images", "mixed"]);
  deepEqual([...new Set(await namesWith(index, { component: "image" }))], ["images", "mixed"]);
  deepEqual(await componentNames(index, { stack: undefined, withAbstract: true }), ["image", "run", "base"]);
  deepEqual(await componentNames(index, { stack: "mixed", withAbstract: false }), ["image", "base"]);
});

Deno.test("names: a typo is told as one, though another manifest is broken", async () => {
  const { index } = await repository();
  await rejects(findComponent(index, { name: "eks", stack: "deb" }), (error: AppError) => {
    const { message } = error;
    match(message, /did you mean "dev"\?$/);
    match(renderRemedy({}, error), /some cannot be read: \S+bad\.yaml:1:\d+/);
    return true;
  });
  await rejects(findComponent(index, { name: "ek", stack: "dev" }), /does not have it; did you mean "eks"\?/);
  await rejects(findComponent(index, { name: "eks", stack: "zzzzzz" }), /bad\.yaml/);
});

Deno.test("names: a name_template with a fault is told, not passed over", async () => {
  const { index } = await repository(ATMOS.replace(".vars.stage", ".vars.stage | uper"));
  await rejects(
    findComponent(index, { name: "eks", stack: "deploy/dev" }),
    /name_template .*there is no function "uper"; did you mean "upper"\?|bad\.yaml/,
  );
  match(index.failures.map(({ message }) => message).join("\n"), /Cannot use stacks\.name_template/);
});
