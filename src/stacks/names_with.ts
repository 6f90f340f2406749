import { kindsOf } from "./components/component_names.ts";
import type { StackIndex } from "./stack_index.ts";

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
