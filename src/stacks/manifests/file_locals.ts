import type { Located, LocatedMap } from "../../config/values/located.ts";
import type { Context } from "./import_items.ts";
import { type KnownLocals, localValues, putKnown } from "./locals.ts";
import { mapScalarsLater } from "../settings/plain_data.ts";
import { joinWatched } from "../settings/reach.ts";
import { stackError } from "../settings/stack_error.ts";
import { sectionKinds } from "../settings/kinds.ts";

export interface FileLocals {
  readonly global: Context;
  /** By kind of component: the global ones with those of the section laid over. */
  readonly sections: Readonly<Record<string, Context>>;
}

/** Locals may be made of these sections of their own file. */
const SEEN: readonly string[] = ["settings", "vars", "env"];

/**
 * undefined when the file has none. `data` is the context of an import. AppErrors of localValues.
 * https://atmos.tools/stacks/locals
 */
export async function fileLocals(root: LocatedMap, { data, ...known }: KnownLocals): Promise<FileLocals | undefined> {
  const global = localsIn(root);
  const sections = sectionKinds(root).map((kind) => [kind, localsIn(root.entries.get(kind)?.value)] as const);
  if (global === undefined && sections.every(([, one]) => one === undefined)) return undefined;
  const seen = {};
  for (const [name, { value }] of root.entries) {
    if (SEEN.includes(name)) putKnown(seen, name, await mapScalarsLater(value, known.called));
  }
  const resolved = async (own: LocatedMap | undefined) =>
    own === undefined ? {} : await localValues({ locals: own, data: joinWatched(seen, data), ...known });
  const over = async (own: LocatedMap | undefined) =>
    await resolved(own === undefined || global === undefined ? own ?? global : joinAll(global, own));
  const entries: (readonly [string, Context])[] = [];
  for (const [kind, own] of sections) entries.push([kind, await over(own)]);
  return { global: await resolved(global), sections: Object.fromEntries(entries) };
}

/** All locals in one, for the text of a file that is a template: it has no sections yet. */
export function flatLocals({ global, sections }: FileLocals): Context {
  return joinWatched(global, ...Object.values(sections));
}

function joinAll(under: LocatedMap, over: LocatedMap): LocatedMap {
  return { ...over, entries: new Map([...under.entries, ...over.entries]) };
}

function localsIn(value: Located | undefined): LocatedMap | undefined {
  const locals = value?.kind === "map" ? value.entries.get("locals")?.value : undefined;
  if (locals === undefined || (locals.kind === "scalar" && locals.value === null)) return undefined;
  if (locals.kind === "map") return locals;
  throw stackError({ place: locals.place, found: "locals must be a mapping" });
}
