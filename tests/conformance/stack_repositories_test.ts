import assert from "node:assert/strict";
import { parse } from "yaml";
import { AppError } from "../../src/errors.ts";
import { eksTarget } from "../../src/stacks/eks_target.ts";
import { findComponent } from "../../src/stacks/find_component.ts";
import { OtherComponents } from "../../src/stacks/other_components.ts";
import { plainData } from "../../src/stacks/settings/plain_data.ts";
import { REPO, type StackRepository, stackRepository } from "../support/config/stack_repository.ts";

const FOLDER = new URL("../testdata/stacks/", import.meta.url);

interface Case {
  readonly component: string;
  readonly stack: string;
  /** These parts of the section are just so; others are not looked at. */
  readonly section?: Readonly<Record<string, unknown>>;
  readonly target?: Readonly<Record<string, string>>;
  /** `file:line:column: message`, of the target. */
  readonly error?: string;
}

interface Expected {
  readonly stacks: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly components: readonly Case[];
}

function filesBelow(folder: URL, inside = ""): Readonly<Record<string, string>> {
  const found = [...Deno.readDirSync(new URL(inside, folder))].map(({ name, isDirectory }) =>
    isDirectory
      ? filesBelow(folder, `${inside}${name}/`)
      : { [inside + name]: Deno.readTextFileSync(new URL(inside + name, folder)) }
  );
  return Object.assign({}, ...found);
}

async function sectionOf(
  { host, index }: StackRepository,
  { component, stack }: Case,
): Promise<Record<string, unknown>> {
  const found = await findComponent(index, { name: component, stack });
  const { section } = await new OtherComponents(host, index).finish(found);
  return plainData(section) as Record<string, unknown>;
}

async function targetOf(
  { host, index, config }: StackRepository,
  { component, stack }: Case,
): Promise<Record<string, string>> {
  const found = await findComponent(index, { name: component, stack });
  const target = await eksTarget(host, { config, found, said: {} });
  const { clusterName, region, kubeconfig } = target;
  const path = kubeconfig?.value.slice(REPO.length + 1);
  return { clusterName: clusterName.value, region: region!.value, ...(path === undefined ? {} : { kubeconfig: path }) };
}

async function failureOf(repository: StackRepository, one: Case): Promise<string> {
  try {
    return `none: ${JSON.stringify(await targetOf(repository, one))}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { file, line, column } = error.place!;
    return `${file}:${line}:${column}: ${error.message}`.replaceAll(`${REPO}/`, "");
  }
}

for (const { name } of Deno.readDirSync(FOLDER)) {
  const folder = new URL(`${name}/`, FOLDER);
  const files = filesBelow(folder);
  const expected: Expected = parse(files["expected.yaml"]!);

  Deno.test(`stack repository ${name}: its stacks`, async () => {
    const { index } = await stackRepository(files, expected.env);
    const names: string[] = [];
    for (const stack of await index.stacks()) names.push(...(await index.namesOf(stack)).map(({ text }) => text));
    assert.deepEqual(index.failures, []);
    assert.deepEqual(names.sort(), [...expected.stacks].sort());
  });

  for (const one of expected.components) {
    Deno.test(`stack repository ${name}: ${one.component} in ${one.stack}`, async () => {
      const repository = await stackRepository(files, expected.env);
      if (one.section !== undefined) {
        const section = await sectionOf(repository, one);
        const looked = Object.fromEntries(Object.keys(one.section).map((key) => [key, section[key]]));
        assert.deepEqual(looked, one.section);
      }
      if (one.target !== undefined) {
        const target = await targetOf(repository, one);
        const looked = Object.fromEntries(Object.keys(one.target).map((key) => [key, target[key]]));
        assert.deepEqual(looked, one.target);
      }
      if (one.error !== undefined) assert.equal(await failureOf(repository, one), one.error);
      assert.ok(one.section ?? one.target ?? one.error, "nothing is expected");
    });
  }
}
