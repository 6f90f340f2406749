import { deepEqual, rejects } from "node:assert/strict";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

const ATMOS = 'stacks: {included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n';

async function basesOf(lines: readonly string[], name: string): Promise<readonly string[]> {
  const components = lines.map((line) => `    ${line}\n`).join("");
  const text = `vars: {stage: dev}\ncomponents:\n  terraform:\n${components}`;
  const { index } = await stackRepository({ "atmos.yaml": ATMOS, "stacks/deploy/dev.yaml": text });
  return (await findComponent(index, { name, stack: "dev" })).component.baseNames;
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}

Deno.test("inheritance: two ways at each of many steps are no more work than one", async () => {
  const lines = numbers(60).flatMap((at) =>
    ["a", "b"].map((side) => `${side}${at}: {metadata: {inherits: [a${at + 1}, b${at + 1}]}}`)
  );
  const names = await basesOf([...lines, "a60: {}", "b60: {}"], "a0");
  // What b1 inherits is met again after a1.
  const steps = numbers(60).map((at) => at + 1);
  deepEqual(names, [...steps.map((step) => `a${step}`), ...steps.toReversed().map((step) => `b${step}`)]);
});

Deno.test("inheritance: a long chain is followed, one without an end in sight is an error", async () => {
  const chain = (
    length: number,
  ) => [...numbers(length).map((at) => `c${at}: {component: c${at + 1}}`), `c${length}: {}`];
  deepEqual((await basesOf(chain(400), "c0")).length, 400);
  await rejects(basesOf(chain(5_000), "c0"), {
    code: "config-invalid",
    message: /the components inherit through more than 500 others$/,
  });
});
