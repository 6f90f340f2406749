/** One word that may stand at the cursor. */
export interface Candidate {
  readonly value: string;
  /** One line for people; may be empty. */
  readonly about: string;
}

/**
 * What may stand at the cursor: these words (not yet only those that fit what is typed), or something that the shell
 * itself knows best. "command" is a whole command line of another program, after `--`.
 */
export type Offer =
  | { readonly kind: "words"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "files" | "directories" | "command" };

export const NOTHING: Offer = { kind: "words", candidates: [] };

export function words(candidates: readonly Candidate[]): Offer {
  return { kind: "words", candidates };
}

/** Those that begin with what is typed; when there are none, upper and lower case count as the same. */
export function fitting(candidates: readonly Candidate[], typed: string): readonly Candidate[] {
  const exact = candidates.filter(({ value }) => value.startsWith(typed));
  if (exact.length > 0) return exact;
  return candidates.filter(({ value }) => value.slice(0, typed.length).toLowerCase() === typed.toLowerCase());
}
