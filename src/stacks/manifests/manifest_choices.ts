import { choicesOfSetting, choosingPowers } from "../../config/schema/choices.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { Fetched, Located, LocatedMap } from "../../config/values/located.ts";
import { valueAt } from "../../config/values/look_up.ts";

/** Settings of a manifest that decide which stacks there are, and what they are made of. */
const DECIDING: readonly (readonly string[])[] = [["name"], ["metadata"]];

/** Stands for all that a manifest says. */
const WHOLE = "manifest";

/** Returns whether that all of a manifest is from beyond the tree says as much as one of its values being from there. */
export function isCovered(choices: readonly Power[], { call, place }: Fetched): boolean {
  return choices.some((one) => one.path === WHOLE && one.shown === call && one.place.file === place.file);
}

/**
 * Returns what of a manifest decides by something beyond the tree which stacks and components there are: all of it, where
 * its text is a template that reads such a thing, else imports, names, and what components say of themselves.
 */
export function manifestChoices(root: LocatedMap): readonly Power[] {
  if (root.fetched?.isBeyond === true) return choosingPowers([WHOLE], root);
  const components = valueAt(root, ["components"]);
  const said = [...importChoices(root), ...DECIDING.flatMap((names) => choicesOfSetting(root, { names }))];
  if (components?.kind !== "map") return said;
  if (components.fetched?.isBeyond === true) return [...said, ...choosingPowers(["components"], components)];
  return [...said, ...[...components.entries].flatMap(([kind, { value }]) => ofKind(["components", kind], value))];
}

/** What an import gives to the templates of a file decides nothing by itself. */
function importChoices(root: LocatedMap): readonly Power[] {
  const imports = valueAt(root, ["import"]);
  if (imports?.kind !== "list" || imports.fetched?.isBeyond === true) return choosingPowers(["import"], imports);
  return imports.items.flatMap((item, at) => choosingPowers(["import", at], withoutContext(item)));
}

function withoutContext(item: Located): Located {
  if (item.kind !== "map") return item;
  return { ...item, entries: new Map([...item.entries].filter(([name]) => name !== "context")) };
}

function ofKind(path: readonly string[], components: Located): readonly Power[] {
  if (components.kind !== "map") return [];
  // A name that is made of such a thing is on the mapping, too.
  if (components.fetched?.isBeyond === true) return choosingPowers(path, components);
  return [...components.entries].flatMap(([name, { value }]) => {
    if (value.kind !== "map") return [];
    if (value.fetched?.isBeyond === true) return choosingPowers([...path, name], value);
    return choosingPowers([...path, name, "metadata"], value.entries.get("metadata")?.value);
  });
}
