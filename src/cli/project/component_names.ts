import { isHidden, type showName } from "../../config/values/fetched.ts";
import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import { componentKeys, isAbstract, nameMark } from "../../stacks/components/component_names.ts";
import { StackIndex } from "../../stacks/stack_index.ts";
import { type StackConfig, stackSettings } from "../../stacks/settings/stack_settings.ts";

/** What the stacks are called. Permissions: read, env. */
export async function stackNames(host: FunctionHost, config: StackConfig): Promise<readonly string[]> {
  const index = new StackIndex(host, stackSettings(host, config));
  const names = new Set<string>();
  for (const stack of await index.stacks()) {
    const own = await index.namesOf(stack);
    for (const name of own.length === 0 && componentKeys(stack).length === 0 ? [stack.file] : withoutHidden(own)) {
      names.add(name);
    }
  }
  return [...names];
}

/** The components that some stack can use. Permissions: read, env. */
export async function componentNames(host: FunctionHost, config: StackConfig): Promise<readonly string[]> {
  const index = new StackIndex(host, stackSettings(host, config));
  const stacks = await index.stacks();
  const usable = stacks.flatMap((stack) => {
    const keys = componentKeys(stack).filter((key) => !isAbstract(stack, key));
    return withoutHidden(keys.map((key) => ({ text: key.name, fetched: nameMark(stack, key) })));
  });
  return [...new Set(usable)];
}

/** A name that is made of what no command shows cannot be typed, and is not offered. */
function withoutHidden(names: readonly Parameters<typeof showName>[0][]): readonly string[] {
  return names.filter(({ fetched }) => !isHidden(fetched)).map(({ text }) => text);
}
