import { deepEqual, rejects, throws } from "node:assert/strict";
import { loadConfig } from "../../../../src/config/load_config.ts";
import { stackSettings } from "../../../../src/stacks/settings/stack_settings.ts";
import { configWorld, NOTHING_NAMED } from "../../../support/config/config_files.ts";
import { findComponent } from "../../../../src/stacks/find_component.ts";
import { plainData } from "../../../../src/stacks/settings/plain_data.ts";
import { REPO, stackRepository } from "../../../support/config/stack_repository.ts";

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

Deno.test("stack settings: what is neither on nor off, no number, no list or no mapping is an error at its line", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["templates: {settings: {enabled: maybe}}", 'templates.settings.enabled: found "maybe": must be true or false'],
    [
      "templates: {settings: {ignore_missing_template_values: [true]}}",
      "templates.settings.ignore_missing_template_values: found a list: must be true or false",
    ],
    [
      "templates: {settings: {evaluations: many}}",
      'templates.settings.evaluations: found "many": must be a whole number',
    ],
    [
      "components: {terraform: {workspaces_enabled: 2}}",
      'components.terraform.workspaces_enabled: found "2": must be true or false',
    ],
    ["components: {packer: {command: {a: b}}}", "components.packer.command: found a mapping: must be a string"],
    ["components: packer", 'components: found "packer": must be a mapping'],
    ["env: [a]", "env: found a list: must be a mapping"],
    ["env: {}\nstacks: {inherit: {metadata: no}}", 'stacks.inherit.metadata: found "no": must be true or false'],
    [
      "stacks: {included_paths: {a: b}}",
      "stacks.included_paths: found a mapping: must be a list of texts",
    ],
  ];
  for (const [config, message] of cases) {
    const { host, config: loaded } = await configured(config);
    throws(() => stackSettings(host, loaded), { code: "config-invalid", message: `Cannot use ${message}` });
  }
});

Deno.test("stack settings: nothing, and empty text, leave what is usual", async () => {
  for (const value of ["", "null", '""', "~"]) {
    const { host, config } = await configured(
      `templates: {settings: {enabled: ${value}, evaluations: ${value}}}\nenv: ${value}\ncomponents: ${value}\n`,
    );
    const { templates, env, commands } = stackSettings(host, config);
    deepEqual([templates, env, commands.size], [
      { enabled: false, evaluations: 1, delimiters: undefined, lenient: false },
      undefined,
      0,
    ]);
  }
});

Deno.test("stack settings: variables say what runs components", async () => {
  for (const kind of ["terraform", "helmfile", "packer", "ansible"]) {
    const env = { [`ATMOS_COMPONENTS_${kind.toUpperCase()}_COMMAND`]: "/opt/it" };
    const { host, config } = await configured(`components: {${kind}: {command: other}}`, env);
    deepEqual(stackSettings(host, config).commands.get(kind)?.text, "/opt/it");
  }
});

async function configured(text: string, env: Readonly<Record<string, string>> = {}) {
  const { host } = configWorld({ files: { [`${REPO}/atmos.yaml`]: text }, env });
  return { host, config: await loadConfig(host, NOTHING_NAMED) };
}
