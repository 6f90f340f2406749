import { AppError } from "../errors.ts";
import { metadataPlace } from "./components/component.ts";
import { isAbstract, kindsOf } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { missingComponent } from "./missing_component.ts";
import { plainData } from "./settings/plain_data.ts";
import type { NamedComponent, StackIndex } from "./stack_index.ts";

interface FindInput {
  readonly name: string;
  /** undefined: the only stack that has it. */
  readonly stack: string | undefined;
  /** Whether one that others only inherit from is meant too. */
  readonly mayBeAbstract?: boolean;
}

/**
 * The component of that name in the stack of that name, or path below `stacks.base_path`. AppError "config-not-found"
 * when there is no such stack or component in it, "config-invalid" when two files define it differently, when it is
 * abstract, or its manifest can't be read. Permission: read.
 */
export async function findComponent(index: StackIndex, input: FindInput): Promise<NamedComponent> {
  const { stack, mayBeAbstract = false } = input;
  const likely = stack === undefined ? [] : await matching(index, { ...input, among: await index.likelyStacks(stack) });
  const found = likely.length > 0 ? likely : await matching(index, { ...input, among: await index.stacks() });
  if (found.length === 0) throw await missingComponent(index, input);
  const [first, ...others] = found;
  if (stack === undefined && new Set(found.map((one) => one.stackName)).size > 1) throw several(input.name, found);
  for (const other of others) refuseDifferent(first!, other);
  if (!mayBeAbstract && first!.component.isAbstract) throw unusable(first!, "it is abstract, others inherit from it");
  return first!;
}

function isMeant({ component, stackName }: NamedComponent, wanted: string): boolean {
  return stackName === wanted || component.stack.file === wanted;
}

async function matching(
  index: StackIndex,
  { name, stack: wanted, among }: FindInput & { readonly among: readonly Stack[] },
): Promise<readonly NamedComponent[]> {
  const all: NamedComponent[] = [];
  for (const stack of among) {
    // A name of several kinds means the first of them that is not only there for others.
    const kinds = kindsOf(stack, name);
    const kind = kinds.find((one) => !isAbstract(stack, { kind: one, name })) ?? kinds[0];
    const found = kind === undefined ? undefined : await index.named(stack, { kind, name });
    if (found !== undefined && (wanted === undefined || isMeant(found, wanted))) all.push(found);
  }
  return all;
}

function several(name: string, found: readonly NamedComponent[]): AppError {
  const names = [...new Set(found.map(({ stackName }) => stackName))];
  const shown = names.slice(0, 8).join(", ") + (names.length > 8 ? ", …" : "");
  return new AppError("usage", `Cannot choose a stack for component "${name}": ${names.length} stacks have it`, {
    hint: `Name one: -s STACK (${shown})`,
  });
}

/** Twice the same is no harm. */
function refuseDifferent(one: NamedComponent, other: NamedComponent): void {
  const text = ({ component }: NamedComponent) => JSON.stringify(plainData(component.section));
  if (text(one) === text(other)) return;
  const { name, section, stack } = one.component;
  const files = `"${stack.path}" and "${other.component.stack.path}"`;
  const message = `Cannot use component "${name}" of stack "${one.stackName}": ${files} define it differently`;
  throw new AppError("config-invalid", message, {
    hint: "Give the stacks different names, or remove one of the two.",
    place: section.place,
  });
}

function unusable({ component, stackName }: NamedComponent, found: string): AppError {
  const { name } = component;
  return new AppError("config-invalid", `Cannot use component "${name}" of stack "${stackName}": ${found}`, {
    hint: `See which there are: atmos list components -s ${stackName}`,
    place: metadataPlace(component, "type"),
  });
}
