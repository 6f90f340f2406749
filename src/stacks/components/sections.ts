import type { Located, LocatedMap } from "../../config/values/located.ts";
import { valueAt } from "../../config/values/look_up.ts";
import type { Stack } from "../manifests/layers.ts";
import { isUnset, mergeSections } from "../settings/merge_sections.ts";
import { stackError } from "../settings/stack_error.ts";
import type { ListStrategy } from "../settings/setting_values.ts";

/** The mapping that names lead to; undefined when it does not exist, empty or unset. AppError "config-invalid" for anything else. */
export function mapAt(root: LocatedMap, names: readonly string[]): LocatedMap | undefined {
  let map = root;
  for (const [at, name] of names.entries()) {
    const value = map.entries.get(name)?.value;
    if (value === undefined || (value.kind === "scalar" && value.value === null) || isUnset(value)) return undefined;
    if (value.kind !== "map") throw notAMap(value, names.slice(0, at + 1));
    map = value;
  }
  return map;
}

function notAMap(value: Located, names: readonly string[]): Error {
  return stackError({ place: value.place, found: `${names.join(".")} must be a mapping` });
}

/** A section as all files of the stack say together; undefined when none has it. */
export function getComponentSection(
  { layers, sections }: Stack,
  { names, lists }: { readonly names: readonly string[]; readonly lists: ListStrategy },
): LocatedMap | undefined {
  const key = [lists, ...names].join(".");
  if (!sections.has(key)) {
    const roots = layers.map(({ manifest }) => manifest.root);
    const from = roots.findLastIndex((root) => isUnsetAt(root, names)) + 1;
    sections.set(key, joinAll(roots.slice(from).map((root) => mapAt(root, names)), lists));
  }
  return sections.get(key);
}

function isUnsetAt(root: LocatedMap, names: readonly string[]): boolean {
  const value = valueAt(root, names);
  return value !== undefined && isUnset(value);
}

/** Later ones are laid over earlier ones. */
export function joinAll(maps: readonly (LocatedMap | undefined)[], lists: ListStrategy): LocatedMap | undefined {
  return maps.reduce((under, over) => {
    if (over === undefined) return under;
    return under === undefined ? over : mergeSections(under, { over, lists });
  }, undefined);
}
