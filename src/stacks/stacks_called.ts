import type { Stack } from "./manifests/layers.ts";
import type { StackIndex } from "./stack_index.ts";

/** The stacks of that name, or of that path below `stacks.base_path`; all when none is said. Permission: read. */
export async function stacksCalled(index: StackIndex, name: string | undefined): Promise<readonly Stack[]> {
  if (name === undefined) return await index.stacks();
  const likely = await called(index, { name, among: await index.likelyStacks(name) });
  return likely.length > 0 ? likely : await called(index, { name, among: await index.stacks() });
}

async function called(
  index: StackIndex,
  { name, among }: { readonly name: string; readonly among: readonly Stack[] },
): Promise<readonly Stack[]> {
  const found: Stack[] = [];
  for (const stack of among) {
    if (stack.file === name || (await index.namesOf(stack)).includes(name)) found.push(stack);
  }
  return found;
}
