import { formatCommaItem, parseCommaList } from "../../formats/text/comma_list.ts";
import type { Completes, Flag, Flags } from "../args/flag.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import type { Cursor } from "./cursor.ts";
import type { Live } from "./live_names.ts";

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

/** The flags that may still be given; after a lone dash in their short form too. */
export function flagOffer(cursor: Cursor): Offer {
  const flags = { ...cursor.definition?.flags, ...GLOBAL_FLAGS };
  return words(openFlags(cursor, flags).flatMap((one) => spellings(one, cursor.current)));
}

/** The command's own flags alone, for where nothing is typed and nothing else can follow. */
export function ownFlagOffer(cursor: Cursor): Offer {
  return words(openFlags(cursor, cursor.definition?.flags ?? {}).map(([name, flag]) => long(name, flag)));
}

/** Without those that are there and may not be repeated, and those that one of them excludes. */
function openFlags({ definition, given }: Cursor, flags: Flags): readonly [string, Flag][] {
  const names = given.map(({ name }) => name);
  const excluded = (definition?.excludes ?? []).flatMap(([one, other]) => [
    ...names.includes(one) ? [other] : [],
    ...names.includes(other) ? [one] : [],
  ]);
  return Object.entries(flags).filter(([name, flag]) =>
    !excluded.includes(name) && (!names.includes(name) || (flag.kind === "string" && flag.repeat === true))
  );
}

function spellings([name, flag]: readonly [string, Flag], typed: string): readonly Candidate[] {
  const both = flag.short !== undefined && (typed === "-" || typed === `-${flag.short}`);
  return [long(name, flag), ...both ? [{ value: `-${flag.short}`, about: flag.summary }] : []];
}

function long(name: string, flag: Flag): Candidate {
  return { value: `--${name}`, about: flag.summary };
}

/** Finds the names of these kinds. */
export type Names = (kinds: readonly Live[]) => Promise<readonly Candidate[]>;

interface ValueQuestion {
  readonly flag: Flag;
  /** What of the value is typed already. */
  readonly typed: string;
  /** What stands before the value in the same word: `--update=`, or nothing. */
  readonly head: string;
  /** Values that the flag was given elsewhere in the line. */
  readonly taken: readonly string[];
}

/** The values of a flag, each as the whole word at the cursor. */
export async function valueOffer(names: Names, { flag, typed, head, taken }: ValueQuestion): Promise<Offer> {
  if (flag.kind === "switch") return addPrefix(findNamed(["true", "false"]), head);
  if (flag.kind === "choice") return addPrefix(findNamed(flag.choices), head);
  if (flag.kind !== "string" || flag.complete === undefined) return NOTHING;
  const offer = await kindsOffer(names, [flag.complete]);
  if (offer.kind !== "words" || !flag.repeat) return offer.kind === "words" ? addPrefix(offer.candidates, head) : offer;
  const list = typed.slice(0, typed.lastIndexOf(",") + 1);
  const there = [...taken, list].flatMap(parseCommaList);
  const left = offer.candidates.filter(({ value }) => !there.includes(value));
  return addPrefix(left.map((one) => ({ ...one, value: formatCommaItem(one.value) })), head + list);
}

/** What may stand where these kinds are meant. */
export async function kindsOffer(names: Names, kinds: readonly Completes[]): Promise<Offer> {
  if (kinds.includes("file")) return { kind: "files" };
  if (kinds.includes("directory")) return { kind: "directories" };
  return words(await names(kinds.filter((kind) => kind !== "file" && kind !== "directory")));
}

function findNamed(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value, about: "" }));
}

function addPrefix(candidates: readonly Candidate[], head: string): Offer {
  return words(candidates.map(({ value, about }) => ({ value: head + value, about })));
}
