import type { EntryFacts } from "./entry.ts";

export type UpdateMode = "merge" | "replace" | "error";
/** When the file's current-context becomes ours. */
export type SwitchContext = "always" | "if-none" | "never";

/** One cluster's entry and how it goes into the file. */
export interface EntryEdit {
  readonly facts: EntryFacts;
  readonly update: UpdateMode;
  readonly switchContext: SwitchContext;
  /**
   * The contexts that atmos.yaml gives to somebody in this file. An older context of ours that is not among them moves
   * to the entry's name; undefined: nothing moves.
   */
  readonly configured?: ReadonlySet<string>;
}
