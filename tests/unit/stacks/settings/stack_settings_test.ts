import { deepEqual, rejects } from "node:assert/strict";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { plainData } from "../../../../src/stacks/settings/plain_data.ts";
import { stackRepository } from "../../../support/config/stack_repository.ts";

const STACK = `vars: {stage: dev}
components:
  terraform:
    base: {metadata: {type: abstract}, vars: {rights: [base, all]}}
    app: {metadata: {inherits: [base]}, vars: {rights: [own]}}
`;

async function rights(config: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { index } = await stackRepository({
    "atmos.yaml": `stacks: {included_paths: ["deploy/*"], name_template: "{{ .vars.stage }}"}\n${config}`,
    "stacks/deploy/dev.yaml": STACK,
  }, env);
  const { component } = await findComponent(index, { name: "app", stack: "dev" });
  const vars = component.part("vars")!.value;
  return vars.kind === "map" ? plainData(vars.entries.get("rights")!.value) : undefined;
}

const STRATEGIES = { replace: ["own"], append: ["base", "all", "own"], merge: ["own", "all"] };

for (const [strategy, wanted] of Object.entries(STRATEGIES)) {
  Deno.test(`stack settings: lists are merged as atmos.yaml or a variable says: ${strategy}`, async () => {
    const other = strategy === "append" ? "merge" : "append";
    deepEqual(await rights(`settings: {list_merge_strategy: ${strategy}}\n`), wanted);
    const env = { ATMOS_SETTINGS_LIST_MERGE_STRATEGY: strategy };
    deepEqual(await rights(`settings: {list_merge_strategy: ${other}}\n`, env), wanted);
    deepEqual(await rights("", env), wanted);
  });
}

Deno.test("stack settings: a strategy that is none is an error, wherever it stands", async () => {
  const message =
    'Cannot use settings.list_merge_strategy: found "apend": must be replace, append or merge; did you mean "append"?';
  await rejects(rights("settings: {list_merge_strategy: apend}\n"), { code: "config-invalid", message });
  await rejects(rights("", { ATMOS_SETTINGS_LIST_MERGE_STRATEGY: "Append" }), { code: "config-invalid" });
  deepEqual(await rights("settings: {list_merge_strategy: null}\n"), ["own"]);
});
