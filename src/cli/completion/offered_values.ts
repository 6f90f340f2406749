import type { Completes, Flag } from "../args/flag.ts";
import type { Live } from "./live_names.ts";
import { type Candidate, NOTHING, type Offer, words } from "./offer.ts";

/** Finds the names of these kinds. */
export type Names = (kinds: readonly Live[]) => Promise<readonly Candidate[]>;

export interface ValueAsked {
  readonly flag: Flag;
  /** What of the value is typed already. */
  readonly typed: string;
  /** What stands before the value in the same word: `--update=`, or nothing. */
  readonly head: string;
  /** Values that the flag was given elsewhere in the line. */
  readonly taken: readonly string[];
}

/** The values of a flag, each as the whole word at the cursor. */
export async function valueOffer(names: Names, { flag, typed, head, taken }: ValueAsked): Promise<Offer> {
  if (flag.kind === "switch") return prefixed(named(["true", "false"]), head);
  if (flag.kind === "choice") return prefixed(named(flag.choices), head);
  if (flag.complete === undefined) return NOTHING;
  const offer = await kindsOffer(names, [flag.complete]);
  if (offer.kind !== "words" || !flag.repeat) return offer.kind === "words" ? prefixed(offer.candidates, head) : offer;
  const list = typed.slice(0, typed.lastIndexOf(",") + 1);
  const there = [...taken.flatMap((value) => value.split(",")), ...list.split(",")];
  return prefixed(offer.candidates.filter(({ value }) => !there.includes(value)), head + list);
}

/** What may stand where these kinds are meant. */
export async function kindsOffer(names: Names, kinds: readonly Completes[]): Promise<Offer> {
  if (kinds.includes("file")) return { kind: "files" };
  if (kinds.includes("directory")) return { kind: "directories" };
  return words(await names(kinds.filter((kind) => kind !== "file" && kind !== "directory")));
}

function named(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value, about: "" }));
}

function prefixed(candidates: readonly Candidate[], head: string): Offer {
  return words(candidates.map(({ value, about }) => ({ value: head + value, about })));
}
