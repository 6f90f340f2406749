import type { FilePosition, Problem } from "./located.ts";
import { joinLines, type Remedy } from "../../remedy.ts";

/** A remote import, which is not fetched: an address of https, git, s3 or a registry. */
export interface SkippedImport {
  /** Or the call that gives it, where it is not in the file itself. */
  readonly address: string;
  readonly place: FilePosition;
}

/** Returns the warning that names a skipped import, where it stands. */
export function skippedProblem({ address, place }: SkippedImport): Problem {
  const message = `${address} is remote and was skipped: atmos fetches no imports`;
  return { severity: "warning", place, path: "import", message };
}

/** Returns a hint for what was not found, and that a skipped import may have it. */
export function hintWithSkipped(skipped: readonly SkippedImport[] | undefined, hint: Remedy): Remedy {
  const [first, ...others] = skipped ?? [];
  if (first === undefined) return hint;
  const { file, line, column } = first.place;
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const where = `${first.address} (${file}:${line}:${column}${more})`;
  return joinLines([`It may be in a remote import that was skipped: ${where}`, hint]);
}
