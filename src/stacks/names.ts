import { type ComponentKey, componentKeys, isAbstract, kindsOf } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { missingStack, stacksCalled } from "./missing_component.ts";
import type { StackIndex } from "./stack_index.ts";

interface ComponentNamesInput {
  /** undefined: those of all stacks. */
  readonly stack: string | undefined;
  readonly withAbstract: boolean;
}

/** AppError "config-not-found" when there is no such stack. Permission: read. */
export async function componentNames(
  index: StackIndex,
  { stack, withAbstract }: ComponentNamesInput,
): Promise<readonly string[]> {
  const within = await stacksCalled(index, stack);
  if (within.length === 0 && stack !== undefined) throw await missingStack(index, stack);
  const names = new Set<string>();
  for (const one of within) {
    for (const key of componentKeys(one)) {
      if (!withAbstract && (names.has(key.name) || isAbstract(one, key))) continue;
      if (stack === undefined || one.file === stack || await isCalled(index, { stack: one, key, name: stack })) {
        names.add(key.name);
      }
    }
  }
  return [...names];
}

/** Components may have vars of their own that names are made of. */
async function isCalled(
  index: StackIndex,
  { stack, key, name }: { readonly stack: Stack; readonly key: ComponentKey; readonly name: string },
): Promise<boolean> {
  return (await index.named(stack, key))?.stackName === name;
}

/** What the stacks are called that have something to use, or that component. Permission: read. */
export async function namesWith(
  index: StackIndex,
  { component }: { readonly component: string | undefined },
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const stack of await index.stacks()) {
    if (component === undefined) names.push(...await index.namesOf(stack));
    else {
      for (const kind of kindsOf(stack, component)) {
        const found = await index.named(stack, { kind, name: component });
        if (found !== undefined && !found.component.isAbstract) names.push(found.stackName);
      }
    }
  }
  return names;
}
