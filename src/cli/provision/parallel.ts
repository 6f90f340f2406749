import { usageError } from "../args/usage_error.ts";

const MOST = 64;

/** The number of `--parallel`. AppError "usage" for what is none. */
export function parallelOf(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MOST) return number;
  throw usageError({
    what: "--parallel",
    found: `"${text}" must be a number from 1 to ${MOST}`,
    hint: "Give one: --parallel 8",
  });
}
