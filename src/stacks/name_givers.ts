import { type ComponentKey, componentKeys, isAbstract } from "./component_names.ts";
import type { Stack } from "./layers.ts";
import { mapAt } from "./sections.ts";

/**
 * The components that between them have every name of the stack: one that says nothing of the variables that names are
 * made of, and all that do, for themselves or for those that inherit from them.
 */
export function nameGivers(stack: Stack, variables: readonly string[]): readonly ComponentKey[] {
  const keys = componentKeys(stack);
  // Templates may look at anything; overrides and bases reach further than they can be seen here.
  if (variables.length === 0 || stack.layers.some(hasOverrides)) return keys;
  const own = keys.filter((key) => says(stack, { key, variables }));
  if (own.length > 0) return keys;
  return keys.filter((key) => !isAbstract(stack, key)).slice(0, 1);
}

function hasOverrides({ overrides }: Stack["layers"][number]): boolean {
  return overrides.terraform !== undefined || overrides.helmfile !== undefined;
}

interface Says {
  readonly key: ComponentKey;
  readonly variables: readonly string[];
}

function says({ layers }: Stack, { key: { kind, name }, variables }: Says): boolean {
  return layers.some(({ manifest }) => {
    const vars = mapAt(manifest.root, ["components", kind, name, "vars"]);
    return vars !== undefined && variables.some((variable) => vars.entries.has(variable));
  });
}
