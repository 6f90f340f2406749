import { AppError } from "../errors.ts";
import { type ComponentSearch, componentSearches } from "./component_search.ts";
import { metadataPlace } from "./components/component.ts";
import type { Stack } from "./manifests/layers.ts";
import { missingComponent } from "./missing_component.ts";
import { plainData } from "./settings/plain_data.ts";
import { isFileName, type NamedComponent, showNames, type StackIndex } from "./stack_index.ts";
import { unusableError } from "./unusable_stack.ts";

interface FindInput {
  /** Or a path to its code, as `./components/terraform/vpc`. */
  readonly name: string;
  /** undefined: the only stack that has it. */
  readonly stack: string | undefined;
  /** Whether one that others only inherit from is meant too. */
  readonly mayBeAbstract?: boolean;
}

/**
 * The component of that name in the stack of that name, or path below `stacks.base_path`. AppError "config-not-found"
 * when there is no such stack or component in it, "usage" when a path leads to none or to several, "config-invalid" when
 * two files define it differently, when it is abstract, or its manifest can't be read. Permission: read.
 */
export async function findComponent(index: StackIndex, input: FindInput): Promise<NamedComponent> {
  const searches = componentSearches(index, input.name);
  for (const search of searches) {
    const found = await findNamed(index, { ...input, ...search });
    if (found !== undefined) return found;
  }
  throw await missingComponent(index, { stack: input.stack, name: searches.at(-1)!.name });
}

type NamedInput = ComponentSearch & Omit<FindInput, "name">;

async function findNamed(index: StackIndex, input: NamedInput): Promise<NamedComponent | undefined> {
  const { stack, name } = input;
  if (stack === undefined) index.meanAny();
  const likely = stack === undefined ? [] : await matching(index, { ...input, among: await index.likelyStacks(stack) });
  const found = likely.length > 0 ? likely : await matching(index, { ...input, among: await index.stacks() });
  const broken = await unusableError(index, { stack, component: name });
  if (broken !== undefined) throw broken;
  const [first, ...others] = found;
  if (first === undefined) return undefined;
  if (stack === undefined && new Set(found.map((one) => one.stackName)).size > 1) throw severalStacks(name, found);
  if (others.some(({ component }) => component.name !== first.component.name)) throw severalComponents(name, found);
  for (const other of others) refuseDifferent(first, other);
  if (!input.mayBeAbstract && first.component.isAbstract) {
    throw unusable(first, "it is abstract");
  }
  return first;
}

async function matching(
  index: StackIndex,
  { stack: wanted, keysIn, fits, among }: NamedInput & { readonly among: readonly Stack[] },
): Promise<readonly NamedComponent[]> {
  const all: NamedComponent[] = [];
  for (const stack of among) {
    for (const key of keysIn(stack)) {
      const found = await index.named(stack, key);
      if (found === undefined || !fits(found)) continue;
      if (wanted === undefined || found.stackName === wanted || isFileName(stack, wanted)) all.push(found);
    }
  }
  return all;
}

function severalComponents(code: string, found: readonly NamedComponent[]): AppError {
  const names = [...new Set(found.map((one) => showNames(one).component))];
  const { stack } = showNames(found[0]!);
  const message = `Cannot choose a component for "${code}": ${names.length} of stack "${stack}" have its code`;
  return new AppError("usage", message, { hint: `Specify one: ${names.join(", ")}` });
}

function severalStacks(name: string, found: readonly NamedComponent[]): AppError {
  const names = [...new Set(found.map((one) => showNames(one).stack))];
  const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? ", …" : "");
  return new AppError("usage", `Cannot choose a stack for component "${name}": ${names.length} stacks have it`, {
    hint: `Specify one: -s STACK (${shown})`,
  });
}

/** Twice the same is no harm. */
function refuseDifferent(one: NamedComponent, other: NamedComponent): void {
  const text = ({ component }: NamedComponent) => JSON.stringify(plainData(component.section));
  if (text(one) === text(other)) return;
  const { section, stack } = one.component;
  const shown = showNames(one);
  const files = `"${stack.path}" and "${other.component.stack.path}"`;
  const message = `Cannot use component "${shown.component}" of stack "${shown.stack}": ${files} define it differently`;
  throw new AppError("config-invalid", message, {
    hint: "Give the stacks different names, or remove one of them",
    place: section.place,
  });
}

function unusable(one: NamedComponent, found: string): AppError {
  const { component, stack } = showNames(one);
  return new AppError("config-invalid", `Cannot use component "${component}" of stack "${stack}": ${found}`, {
    hint: ["List them: ", { kind: "list-components", stack }],
    place: metadataPlace(one.component, "type"),
  });
}
