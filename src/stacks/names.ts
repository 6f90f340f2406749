import { showName } from "../config/values/fetched.ts";
import { componentSearches } from "./component_search.ts";
import { type ComponentKey, componentKeys, isAbstract, nameMark } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { findStacks, missingStack } from "./missing_component.ts";
import { getStackName, isFileName, type StackIndex } from "./stack_index.ts";
import { unusableError } from "./unusable_stack.ts";

interface ComponentNamesInput {
  /** undefined: those of all stacks. */
  readonly stack: string | undefined;
  readonly withAbstract: boolean;
}

/**
 * The names of components as a list has them. AppError "config-not-found" when there is no such stack, the stack's own where it cannot be used.
 * Permission: read.
 */
export async function componentNames(
  index: StackIndex,
  { stack, withAbstract }: ComponentNamesInput,
): Promise<readonly string[]> {
  const within = await findStacks(index, stack);
  if (stack !== undefined) {
    const broken = await unusableError(index, { stack, component: undefined });
    if (broken !== undefined) throw broken;
    if (within.length === 0) throw await missingStack(index, stack);
  }
  const names = new Set<string>();
  const shown = new Set<string>();
  for (const one of within) {
    for (const key of componentKeys(one)) {
      if (!withAbstract && (names.has(key.name) || isAbstract(one, key))) continue;
      if (stack === undefined || isFileName(one, stack) || await isCalled(index, { stack: one, key, name: stack })) {
        names.add(key.name);
        shown.add(showName({ text: key.name, fetched: nameMark(one, key) }));
      }
    }
  }
  return [...shown];
}

/** Components may have vars of their own that names are made of. */
async function isCalled(
  index: StackIndex,
  { stack, key, name }: { readonly stack: Stack; readonly key: ComponentKey; readonly name: string },
): Promise<boolean> {
  return (await index.named(stack, key))?.stackName === name;
}

/**
 * What the stacks are called that have something to use, or that component. AppErrors of componentSearches.
 * Permission: read.
 */
export async function namesWith(
  index: StackIndex,
  { component }: { readonly component: string | undefined },
): Promise<readonly string[]> {
  const stacks = await index.stacks();
  if (component === undefined) {
    return (await Promise.all(stacks.map((stack) => index.namesOf(stack)))).flat().map(showName);
  }
  for (const { keysIn, fits } of componentSearches(index, component)) {
    const names: string[] = [];
    for (const stack of stacks) {
      for (const key of keysIn(stack)) {
        const found = await index.named(stack, key);
        if (found !== undefined && fits(found) && !found.component.isAbstract) {
          names.push(showName(getStackName(found)));
        }
      }
    }
    if (names.length > 0) return names;
  }
  return [];
}
