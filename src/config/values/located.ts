import type { Position } from "../../errors.ts";
import type { CommandPart } from "../../remedy.ts";

/** A place in a configuration file; the file is always known. */
export type FilePosition = Position & { readonly file: string };

/**
 * A merged configuration as data with the place that each value came from, so that every complaint can point at a line.
 * Names keep their case. A scalar holds what YAML says, after functions such as `!env`.
 */
export type Located = LocatedMap | LocatedList | LocatedScalar;

/** How a value got here that does not stand in the file which wants it. */
export interface Fetched {
  /** As written: `!include ~/.vault-token`. */
  readonly call: string;
  /** Where that stands. */
  readonly place: FilePosition;
  /** Whether it reaches beyond the tree of its file: a variable, or a file elsewhere. */
  readonly isBeyond: boolean;
  /** Whether it sets where this machine keeps the tree: the user may see it, AWS is not told unasked. */
  readonly isLocal?: true;
  /** Whether a command has given it, which needs trust itself. */
  readonly byCommand?: true;
  /** Whether a command has given what the call then fetched. */
  readonly overCommand?: true;
  /** Whether a template has made something else of it: then a value of any form may spell it. */
  readonly isMade?: true;
  /** Whether that template has read nothing but what any user may see. */
  readonly isOpen?: true;
  /**
   * Whether the call alone does not name what was fetched, such as one that includes the call of another file, or that
   * may change with the tree.
   */
  readonly isByValue?: true;
  /** The file from beyond the tree that it was read from, unless the call says just that. */
  readonly target?: string;
}

export interface LocatedMap {
  readonly kind: "map";
  readonly place: FilePosition;
  readonly fetched?: Fetched;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  /** Where the key stands; in the file that set it last. */
  readonly key: FilePosition;
  readonly value: Located;
  /** As of a value: the key came from elsewhere. */
  readonly fetched?: Fetched;
}

export interface LocatedList {
  readonly kind: "list";
  readonly place: FilePosition;
  readonly fetched?: Fetched;
  readonly items: readonly Located[];
  /** Written with `!append`: it goes after the list that it is laid over. */
  readonly appends?: true;
}

export interface LocatedScalar {
  readonly kind: "scalar";
  readonly place: FilePosition;
  readonly value: string | number | boolean | null;
  /** As written, before YAML made a number or boolean of it: `0600`, `0o600`, `yes`. */
  readonly text: string;
  /** It may be something that no one meant to show, and messages quote nothing of it. */
  readonly fetched?: Fetched;
  /** The empty text of a variable that is not set and has no default. */
  readonly isUnset?: true;
  /** A YAML function that has not been called yet. */
  readonly call?: FunctionText;
  /** What is to be merged with the value of that function. */
  readonly layers?: Layers;
}

/** Values that a function's value lies between: it may turn out to be a mapping or a list that they join. */
export interface Layers {
  readonly below: Located | undefined;
  /** The weakest first. */
  readonly above: readonly Located[];
  /** What a list does to the list that it is laid over. */
  readonly lists: "replace" | "append" | "merge";
}

export interface FunctionText {
  /** With its exclamation mark. */
  readonly tag: string;
  readonly text: string;
}

/** One thing that is wrong, or only odd, with a configuration. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly place: FilePosition;
  /** Dotted path of the value, e.g. `auth.identities.dev-admin.via.provider`; parts with dots or slashes in brackets. */
  readonly path: string;
  /** What was found, what is allowed, did you mean. */
  readonly message: string;
  /** What to do about it, where a command of this program does. */
  readonly remedy?: CommandPart;
  /** A name that the schema of its entry does not know; another one may. */
  readonly unknown?: { readonly sort: "key" | "kind"; readonly name: string };
  /** Only who checks a configuration wants to know; a command that it matters to says it in words of its own. */
  readonly aside?: true;
}
