import type { YamlMap } from "../formats/yaml_value.ts";
import type { Entry } from "./entry.ts";
import { PAYLOAD, type SectionName, SECTIONS } from "./kubeconfig.ts";

/** One section's entry as it must be in the end. */
export interface WantedEntry {
  readonly section: SectionName;
  readonly name: string;
  readonly payload: YamlMap;
  /** The name that it has in the file now, where that is to change. */
  readonly from?: string;
}

/** What must be true of the new text; everything else must be as it was. */
export interface Wanted {
  readonly entries: readonly WantedEntry[];
  /** Names that must not be there any more. */
  readonly removed: Readonly<Record<SectionName, ReadonlySet<string>>>;
  /** undefined: leave it; "": none. */
  readonly currentContext: string | undefined;
}

export const NOTHING_REMOVED: Wanted["removed"] = { clusters: new Set(), contexts: new Set(), users: new Set() };

/** The entry as an item of its list. */
export function wantedItem(want: WantedEntry): YamlMap {
  return { name: want.name, [PAYLOAD[want.section]]: want.payload };
}

/** All sections' entries of a cluster; `moved` has the old names of contexts by their new ones. */
export function wantedEntries(entry: Entry, moved: ReadonlyMap<string, string>): readonly WantedEntry[] {
  return [
    { section: "clusters", ...entry.cluster },
    ...entry.contexts.map(({ name, payload }): WantedEntry => {
      const from = moved.get(name);
      return { section: "contexts", name, payload, ...(from === undefined ? {} : { from }) };
    }),
    { section: "users", ...entry.user },
  ];
}

/** The same with each name once: what is said of it by several entries, together. */
export function joinedEntries(entries: readonly WantedEntry[]): readonly WantedEntry[] {
  const joined = new Map<string, WantedEntry>();
  for (const entry of entries) {
    const key = `${SECTIONS.indexOf(entry.section)} ${entry.name}`;
    const other = joined.get(key);
    joined.set(key, other === undefined ? entry : { ...other, payload: { ...other.payload, ...entry.payload } });
  }
  return [...joined.values()];
}
