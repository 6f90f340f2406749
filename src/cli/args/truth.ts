import { usageError } from "./usage_error.ts";

const TRUE = ["true", "1", "yes", "y", "on", "t"];
const FALSE = ["false", "0", "no", "n", "off", "f"];

interface Said {
  /** Where it was found: "--dry-run", "ATMOS_DEBUG". */
  readonly where: string;
  readonly value: string;
}

/** Whether a variable says yes; what is neither yes nor no does not. */
export function isTrue(value: string | undefined): boolean {
  return value !== undefined && TRUE.includes(value.toLowerCase());
}

/**
 * What `--dry-run=no` means.
 * @throws AppError "usage" for a word that is neither.
 */
export function truth({ where, value }: Said): boolean {
  const word = value.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  const hint = `Use ${where}=true or ${where}=false`;
  throw usageError({ what: where, found: `"${value}" is neither true nor false`, hint });
}
