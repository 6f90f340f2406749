import { AppError } from "../../errors.ts";

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

/** "Did you mean a or b?"; undefined when nothing is near. */
export function didYouMean(near: readonly string[]): string | undefined {
  return near.length === 0 ? undefined : `Did you mean ${near.join(" or ")}?`;
}

/** The command that shows how to use these words: "atmos aws eks --help". */
export function helpLine(words: readonly string[]): string {
  return ["atmos", ...words, "--help"].join(" ");
}
