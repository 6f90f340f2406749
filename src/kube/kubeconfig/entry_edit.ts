import type { EntryFacts } from "./entry.ts";

type UpdateMode = "merge" | "replace" | "error";
/** When the entry becomes the current context. */
export type SwitchContext = "always" | "if-none" | "never";

/** One cluster's entry and how it goes into the file. */
export interface EntryEdit {
  readonly facts: EntryFacts;
  readonly update: UpdateMode;
  /** Whether the user, and no configuration, says that the file is to be replaced. */
  readonly isReplaceTyped?: boolean;
  readonly switchContext: SwitchContext;
  /** Contexts that were written for the same integration once: they get the names, the cluster and the user of today. */
  readonly recorded?: readonly RecordedContext[];
  /** All contexts that the same configuration has written into the file. */
  readonly written?: readonly RecordedContext[];
  /**
   * Those that other configurations, or flags of a user, have written into it, or share: what is as it was recorded for
   * them is not moved, renamed or removed.
   */
  readonly foreign?: readonly RecordedContext[];
  /**
   * Those that are the edit's to change: all others of the file it shares as they are. undefined: whatever it names.
   */
  readonly editable?: readonly RecordedContext[];
  /** Whether the user has named its contexts, and no configuration: they may be anyone's. */
  readonly areNamesTyped?: boolean;
  /** Whether a configuration alone says which identity they are to act as: then none of another's is given to it. */
  readonly isIdentityImplied?: boolean | undefined;
  /** What other files have under its names; undefined: there are no others. */
  readonly elsewhere?: NamesElsewhere;
  /** Which of its names a user, and no working tree, has said: these may hide those of other files. */
  readonly mayHide?: { readonly contexts: boolean; readonly user: boolean };
  /**
   * Present where not EKS itself says where the cluster is: the contexts of it that were written on the same word.
   */
  readonly hearsay?: readonly RecordedContext[];
}

/**
 * The names in the other files that kubectl reads, or may be told to. Each answer is the path of the file whose entry of
 * that name is another one than what would be written, which would hide it; undefined: there is none.
 */
export interface NamesElsewhere {
  findContext(name: string, facts: EntryFacts): HiddenContext | undefined;
  findCluster(facts: EntryFacts): string | undefined;
  findUser(name: string, facts: EntryFacts): string | undefined;
  /** The path of a file whose contexts name a user that it does not have itself: kubectl takes it from ours. */
  findUse(user: string): string | undefined;
}

/** A context of another file, and what it leads to that ours would not. */
export interface HiddenContext {
  readonly path: string;
  readonly is: "another cluster" | "another identity" | "another namespace";
}

/** A context as it was written once. */
export interface RecordedContext {
  readonly name: string;
  /** What it joined. */
  readonly cluster: string;
  readonly user: string;
  /** What was written because it was requested: it goes when it is not requested any more. */
  readonly namespace?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly execCommand?: "aws" | "atmos" | undefined;
  /** The endpoint that said where the cluster is, by whoever added it; undefined: EKS itself. */
  readonly describedBy?: string | undefined;
  /** Another configuration, another program or a user made it: it leads to this cluster or nowhere. */
  readonly adopted?: true | undefined;
  /** Its name is not requested any more; it stays for what a user has added to it. */
  readonly retained?: true | undefined;
  /** It was written for another identity of the same integration, which gives it away. */
  readonly hasOtherIdentity?: true | undefined;
}

/** The recorded values of optional fields. */
export type RecordedFields = Pick<RecordedContext, "namespace" | "proxyUrl" | "tlsServerName" | "execCommand">;

/** Of retained contexts, the names of those that were not reported before. */
export function listNewlyRetained(retained: readonly RecordedContext[]): readonly string[] {
  return retained.flatMap((one) => one.retained ? [] : [one.name]);
}

/**
 * Control characters, what some readers take for a line break, what turns the direction of writing, and what no one
 * sees: for a class of a regular expression, in a JSON Schema too.
 */
export const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f" +
  "\\u2028-\\u202e\\u2060-\\u206f\\ufeff";

/** What a context or user may be called. */
export const ENTRY_NAME = new RegExp(`^[^${CONTROLS}]+$`);

/** How the current-context of a selector begins where it is the reason why there is none: no context is called so. */
export const NO_CONTEXT = { because: "none: ", unchosen: "none chosen for identity " } as const;

/** For the beginning of a regular expression, in a JSON Schema too. */
export const NO_CONTEXT_PATTERN = `(?:${Object.values(NO_CONTEXT).join("|")})`;

/** Returns whether a context of that name would be taken where kubectl is to find none. */
export function isNoContext(name: string): boolean {
  return Object.values(NO_CONTEXT).some((start) => name.startsWith(start));
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
export const NAMESPACE_IS = "at most 63 of a-z, 0-9 and -, letters or digits at both ends";
