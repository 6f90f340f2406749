import type { EntryFacts } from "./entry.ts";
import type { WrittenContext } from "./recorded_context.ts";

export type UpdateMode = "merge" | "replace" | "error";
/** When the file's current-context becomes ours. */
export type SwitchContext = "always" | "if-none" | "never";

/** One cluster's entry and how it goes into the file. */
export interface EntryEdit {
  readonly facts: EntryFacts;
  readonly update: UpdateMode;
  readonly switchContext: SwitchContext;
  /** Contexts that were written for the same integration once: they move to the names, the cluster and the user it has now. */
  readonly former?: readonly WrittenContext[];
}
