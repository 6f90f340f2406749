import type { EntryFacts } from "./entry.ts";

export type UpdateMode = "merge" | "replace" | "error";
/** When the file's current-context becomes ours. */
export type SwitchContext = "always" | "if-none" | "never";

/** One cluster's entry and how it goes into the file. */
export interface EntryEdit {
  readonly facts: EntryFacts;
  readonly update: UpdateMode;
  readonly switchContext: SwitchContext;
  /** Contexts that were written for the same integration and identity once: they move to the names it has now. */
  readonly former?: readonly string[];
}
