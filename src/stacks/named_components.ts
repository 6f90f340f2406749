import { componentKeys } from "./component_names.ts";
import type { NamedComponent, StackIndex } from "./stack_index.ts";

/** Every component of every stack, or those of one name, abstract ones too. Permission: read. */
export async function namedComponents(
  index: StackIndex,
  { name }: { readonly name?: string },
): Promise<readonly NamedComponent[]> {
  const all: NamedComponent[] = [];
  for (const stack of await index.stacks()) {
    for (const key of componentKeys(stack).filter((one) => name === undefined || one.name === name)) {
      const found = await index.named(stack, key);
      if (found !== undefined) all.push(found);
    }
  }
  return all;
}
