import type { YamlMap } from "../formats/yaml_value.ts";
import { PAYLOAD, type SectionName } from "./kubeconfig.ts";

/** One section's entry as it must be in the end. */
export interface WantedEntry {
  readonly section: SectionName;
  readonly name: string;
  readonly payload: YamlMap;
}

/** What must be true of the new text; everything else must be as it was. */
export interface Wanted {
  readonly entries: readonly WantedEntry[];
  /** undefined: leave it. */
  readonly currentContext: string | undefined;
}

/** The entry as an item of its list. */
export function wantedItem(want: WantedEntry): YamlMap {
  return { name: want.name, [PAYLOAD[want.section]]: want.payload };
}
