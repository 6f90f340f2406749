import { equal, match } from "node:assert/strict";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";
import { AppError } from "../../../src/errors.ts";

/** Returns a check of an AppError that was thrown, its remedy as it is read: for `throws` and `rejects`. */
export function refusal(expected: Readonly<Record<string, string | RegExp>>): (error: unknown) => true {
  return (error) => {
    const { code, message } = error as AppError;
    const seen: Record<string, string> = { code, message, hint: renderRemedy({}, error as AppError) };
    for (const [key, wanted] of Object.entries(expected)) {
      if (typeof wanted === "string") equal(seen[key], wanted);
      else match(seen[key]!, wanted);
    }
    return true;
  };
}
