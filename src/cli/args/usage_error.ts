import { AppError } from "../../errors.ts";
import type { Remedy } from "../../remedy.ts";

/** "Cannot parse --parallel: its value is missing", exit status 2; `what` is as it was typed. */
export function usageError({ what, found, hint }: { what: string; found: string; hint: Remedy }): AppError {
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
