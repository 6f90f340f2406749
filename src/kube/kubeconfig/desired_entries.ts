import type { YamlMap } from "../../formats/yaml/value.ts";
import { PAYLOAD, type SectionName } from "./kubeconfig.ts";

/** One section's entry as it must be in the end. */
export interface WantedEntry {
  readonly section: SectionName;
  readonly name: string;
  readonly payload: YamlMap;
  /** The name of the entry of the file that it is made of; undefined: it is added. */
  readonly from: string | undefined;
}

/** What must be true of the new text; everything else must be as it was. */
export interface Wanted {
  readonly entries: readonly WantedEntry[];
  /** Names that the entries have in the file which must not be there any more. */
  readonly removed: Readonly<Record<SectionName, ReadonlySet<string>>>;
  /** undefined: leave it; "": none. */
  readonly currentContext: string | undefined;
}

/** The entry as an item of its list. */
export function wantedItem(want: WantedEntry): YamlMap {
  return { name: want.name, [PAYLOAD[want.section]]: want.payload };
}

/** Tells an entry from others. */
export function keyOf({ section, name }: Pick<WantedEntry, "section" | "name">): string {
  return `${section} ${name}`;
}

/** The same with each name once: what is said of it by several entries, together. */
export function joinedEntries(entries: readonly WantedEntry[]): readonly WantedEntry[] {
  const joined = new Map<string, WantedEntry>();
  for (const entry of entries) {
    const other = joined.get(keyOf(entry));
    joined.set(
      keyOf(entry),
      other === undefined ? entry : {
        ...other,
        from: other.from ?? entry.from,
        payload: joinedPayload(other.payload, entry.payload),
      },
    );
  }
  return [...joined.values()];
}

/** What one of them wants to be there is not taken away. */
function joinedPayload(one: YamlMap, other: YamlMap): YamlMap {
  const said = Object.entries(other).filter(([key, value]) => value !== undefined || one[key] === undefined);
  return { ...one, ...Object.fromEntries(said) };
}
