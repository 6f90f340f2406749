import type { AppError } from "../errors.ts";
import { listComponentKinds } from "./components/component_names.ts";
import type { Loaded, StackIndex } from "./stack_index.ts";

interface UnusableInput {
  /** undefined: any that has the component. */
  readonly stack: string | undefined;
  readonly component: string | undefined;
}

/**
 * The first error of a stack that is meant and cannot be used; undefined where those that are meant can be. To go on with
 * the others would be to take one stack for another. Permission: read.
 */
export async function unusableError(index: StackIndex, input: UnusableInput): Promise<AppError | undefined> {
  for (const loaded of index.unusable) {
    if (await isMeant(index, { ...input, loaded })) return loaded.broken;
  }
  return undefined;
}

async function isMeant(
  index: StackIndex,
  { stack: name, component, loaded: { path, stack } }: UnusableInput & { readonly loaded: Loaded },
): Promise<boolean> {
  if (name === undefined) {
    return stack !== undefined && component !== undefined && listComponentKinds(stack, component).length > 0;
  }
  return stack === undefined ? index.guess(path, name) === "yes" : await index.isCalled(stack, name);
}
