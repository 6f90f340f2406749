import type { Flag, Flags } from "../args/flag.ts";
import { GLOBAL_FLAGS } from "../args/global_flags.ts";
import type { Cursor } from "./cursor.ts";
import { type Candidate, type Offer, words } from "./offer.ts";

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
