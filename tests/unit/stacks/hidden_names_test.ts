import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as offered from "../../../src/cli/project/component_names.ts";
import { AppError } from "../../../src/errors.ts";
import { eksTarget } from "../../../src/stacks/eks_target.ts";
import { findComponent } from "../../../src/stacks/find_component.ts";
import { componentNames, namesWith } from "../../../src/stacks/names.ts";
import { stackRepository } from "../../support/config/stack_repository.ts";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";

const ENV = { TOKEN: "t0ken-of-mine", USER: "me", AWS_REGION: "us-east-2" };
const INCLUDED = "base_path: stacks, included_paths: ['*']";
const STACKS = `stacks: {${INCLUDED}}\n`;
const TEMPLATES = "templates: {settings: {enabled: true}}\n";
const HELMFILE = "components: {terraform: {base_path: code}, helmfile: {cluster_name_pattern: '{component}'}}\n";

interface Case {
  readonly atmos?: string;
  readonly manifest: string;
  readonly path?: string;
  readonly shown: string;
}

async function repository({ atmos = STACKS, manifest, path = "stacks/dev.yaml" }: Omit<Case, "shown">) {
  const files = { "atmos.yaml": TEMPLATES + HELMFILE + atmos, [path]: manifest, "code/eks/main.tf": "" };
  return await stackRepository({ ...files, "../.token": `${ENV.TOKEN}\n` }, ENV);
}

/** What no one is shown, nor what is made of it. */
function isLost(text: string): boolean {
  return !/t0ken|dDBrZW4/.test(text);
}

const MADE: readonly Case[] = [
  ["{{ .locals.a }}", "[!include.raw ~/.token]"],
  ["a-{{ .locals.a | b64enc }}", "[!include.raw ~/.token]"],
  ["{{ .locals.open }}-{{ .locals.a }}", "[!include.raw ~/.token]"],
  [`{{ env "USER" }}-{{ env "TOKEN" }}`, `[{{ env "USER" }}-{{ env "TOKEN" }}]`],
  [`{{ .locals.open }}-{{ env "TOKEN" }}`, `[{{ .locals.open }}-{{ env "TOKEN" }}]`],
].map(([name, shown]): Case => ({
  manifest: `name: dev
locals: {a: !include.raw ~/.token, open: !env USER}
vars: {region: us-east-2}
components: {terraform: {'${name}': {metadata: {component: eks}}}}
`,
  shown: shown!,
}));

const whole = `name: dev
vars: {region: us-east-2}
components: {terraform: {'{{ env "TOKEN" }}': {metadata: {component: eks}}}}
`;
const COMPONENTS = [...MADE, { path: "stacks/dev.yaml.tmpl", manifest: whole, shown: "[a template of this file]" }];

const STACK_NAMES: readonly Case[] = [
  ...["TOKEN", "USER"].map((name): Case => ({
    atmos: `stacks: {${INCLUDED}, name_template: '{{ env "${name}" | printf "%s" }}'}\n`,
    manifest: "components: {terraform: {eks: {}}}\n",
    shown: name === "USER" ? "me" : `[{{ env "TOKEN" | printf "%s" }}]`,
  })),
  {
    manifest: "locals: {a: !env TOKEN}\nname: '{{ .locals.a }}'\ncomponents: {terraform: {eks: {}}}\n",
    shown: "[!env TOKEN]",
  },
  {
    atmos: `stacks: {${INCLUDED}, name_pattern: '{tenant}-{stage}'}\n`,
    manifest: `locals: {open: !env USER, a: !include.raw ~/.token}
vars: {tenant: '{{ .locals.open }}', stage: '{{ .locals.a }}'}
components: {terraform: {eks: {}}}
`,
    shown: "[!include.raw ~/.token]",
  },
];

async function failure(act: () => Promise<unknown>): Promise<string> {
  let said = "";
  await rejects(act, (error: AppError) => {
    ok(error instanceof AppError);
    said = [error.message, renderRemedy({}, error)].join("\n");
    return true;
  });
  return said;
}

for (const { shown, ...files } of COMPONENTS) {
  Deno.test(`hidden names: of a component that is ${shown}`, async () => {
    const { host, config, index } = await repository(files);
    deepEqual(await componentNames(index, { stack: undefined, withAbstract: true }), [shown]);
    deepEqual(await componentNames(index, { stack: "dev", withAbstract: false }), [shown]);
    deepEqual(await offered.componentNames(host, config), []);
    const typed = "T0KEN-OF-MIN";
    ok(isLost(await failure(() => findComponent(index, { name: typed, stack: "dev" }))));
    const found = await findComponent(index, { name: "./code/eks", stack: "dev" });
    const { clusterName, powers } = await eksTarget(host, { config, found, said: {} });
    ok(!isLost(clusterName.value), clusterName.value);
    deepEqual([...new Set(powers.map(({ shown }) => `[${shown}]`))], [shown]);
  });
}

for (const { shown, ...files } of STACK_NAMES) {
  Deno.test(`hidden names: of a stack that is ${shown}`, async () => {
    const { host, config, index } = await repository(files);
    deepEqual(await namesWith(index, { component: undefined }), [shown]);
    deepEqual(await namesWith(index, { component: "eks" }), [shown]);
    deepEqual(await offered.stackNames(host, config), shown.startsWith("[") ? [] : [shown]);
    ok(isLost(await failure(() => findComponent(index, { name: "eks", stack: "T0KEN-OF-MIN" }))));
    const found = await findComponent(index, { name: "eks", stack: undefined });
    ok(isLost(await failure(() => eksTarget(host, { config, found, said: {} }))));
  });
}

Deno.test("hidden names: a name that some file says itself is shown", async () => {
  const said = "name: dev\ncomponents: {terraform: {'{{ env \"TOKEN\" }}': {}, t0ken-of-mine: {}}}\nlocals: {a: 1}\n";
  const { index } = await stackRepository({
    "atmos.yaml": STACKS,
    "stacks/dev.yaml": "import: [other]\n" + said,
    "stacks/other.yaml": "components: {terraform: {t0ken-of-mine: {}}}\n",
  }, ENV);
  equal((await componentNames(index, { stack: "dev", withAbstract: true })).includes("t0ken-of-mine"), true);
});
