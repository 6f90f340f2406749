import type { LocatedMap } from "../config/values/located.ts";
import { type ComponentKey, componentKeys, isAbstract } from "./components/component_names.ts";
import type { Stack } from "./manifests/layers.ts";
import { mapAt } from "./components/sections.ts";
import { kindsIn } from "./settings/kinds.ts";

/**
 * The components that between them have every name of the stack: one that says nothing of the variables that names are
 * made of, and all that do, for themselves or for those that inherit from them.
 */
export function nameGivers(stack: Stack, variables: readonly string[]): readonly ComponentKey[] {
  const keys = componentKeys(stack);
  // Templates may look at anything; overrides and bases reach further than they can be seen here.
  if (variables.length === 0 || stack.layers.some(hasOverrides)) return keys;
  if (stack.layers.some(({ manifest }) => saying(manifest.root, variables))) return keys;
  const first = keys.find((key) => !isAbstract(stack, key));
  return first === undefined ? [] : [first];
}

function hasOverrides({ overrides }: Stack["layers"][number]): boolean {
  return overrides.kinds.size > 0 || overrides.others !== undefined;
}

/** By manifest: many stacks import the same. */
const KNOWN = new WeakMap<LocatedMap, boolean>();

/** Whether some component of the manifest says one of the variables itself. */
function saying(root: LocatedMap, variables: readonly string[]): boolean {
  const known = KNOWN.get(root);
  if (known !== undefined) return known;
  const found = kindsIn([root]).some((kind) => {
    const components = mapAt(root, ["components", kind]);
    return components !== undefined && [...components.entries.values()].some(({ value }) => {
      const vars = value.kind === "map" ? mapAt(value, ["vars"]) : undefined;
      return vars !== undefined && variables.some((variable) => vars.entries.has(variable));
    });
  });
  KNOWN.set(root, found);
  return found;
}
