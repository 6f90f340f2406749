import type { YamlMap } from "../../formats/yaml/value.ts";
import { PAYLOAD, type SectionName } from "./kubeconfig.ts";

/** An entry of one section as it must be in the end. */
export interface DesiredEntry {
  readonly section: SectionName;
  readonly name: string;
  readonly payload: YamlMap;
  /** The name of the entry of the file that it is made of; undefined: it is added. */
  readonly previousName: string | undefined;
}

/** What must be true of the new text; everything else must be as it was. */
export interface DesiredEntries {
  readonly entries: readonly DesiredEntry[];
  /** Names that the entries have in the file which must not be there any more. */
  readonly removed: Readonly<Record<SectionName, ReadonlySet<string>>>;
  /** undefined: leave it; "": none. */
  readonly currentContext: string | undefined;
}

/** The entry as an item of its list. */
export function buildItem(entry: DesiredEntry): YamlMap {
  return { name: entry.name, [PAYLOAD[entry.section]]: entry.payload };
}

/** A key that no other entry has. */
export function getEntryKey({ section, name }: Pick<DesiredEntry, "section" | "name">): string {
  return `${section} ${name}`;
}

/** The same with each name once: what several entries say of it, joined. */
export function joinEntries(entries: readonly DesiredEntry[]): readonly DesiredEntry[] {
  const joined = new Map<string, DesiredEntry>();
  for (const entry of entries) {
    const other = joined.get(getEntryKey(entry));
    joined.set(
      getEntryKey(entry),
      other === undefined ? entry : {
        ...other,
        previousName: other.previousName ?? entry.previousName,
        payload: joinPayloads(other.payload, entry.payload),
      },
    );
  }
  return [...joined.values()];
}

/** A key that one of them sets is not removed by the other. */
function joinPayloads(one: YamlMap, other: YamlMap): YamlMap {
  const changes = Object.entries(other).filter(([key, value]) => value !== undefined || one[key] === undefined);
  return { ...one, ...Object.fromEntries(changes) };
}
