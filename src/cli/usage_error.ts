import { AppError } from "../errors.ts";
import { closest } from "../formats/closest.ts";

interface Misread {
  /** What was typed, e.g. `--regoin`. */
  readonly what: string;
  readonly found: string;
  readonly hint: string;
}

/** "Cannot parse --regoin: no such flag", exit status 2. */
export function usageError({ what, found, hint }: Misread): AppError {
  return new AppError("usage", `Cannot parse ${what}: ${found}`, { hint });
}

interface Guess {
  readonly typed: string;
  readonly candidates: readonly string[];
  /** The hint when nothing is close. */
  readonly otherwise: string;
}

/** "Did you mean a or b?", or the other hint. */
export function didYouMean({ typed, candidates, otherwise }: Guess): string {
  const near = closest(typed, candidates);
  return near.length === 0 ? otherwise : `Did you mean ${near.join(" or ")}?`;
}

/** The command that shows how to use these words: "atmos aws eks --help". */
export function helpLine(words: readonly string[]): string {
  return ["atmos", ...words, "--help"].join(" ");
}
