import { DURATION_IS, parseDuration } from "../../formats/text/duration.ts";
import { usageError } from "../args/usage_error.ts";

/** Milliseconds of `--min-ttl`. AppError "usage" for what is no duration. */
export function minTtlMs(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError({ what: "--min-ttl", found: `"${text}" must be ${DURATION_IS}`, hint: "Give one: --min-ttl 30m" });
  }
}
