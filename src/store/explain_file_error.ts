import { FileError, type FileErrorKind } from "../host/files/file_error.ts";
import { type Remedy } from "../remedy.ts";

const FOUND: Readonly<Record<FileErrorKind, string>> = {
  "not-found": "it does not exist",
  "exists": "it already exists",
  "denied": "permission denied",
  "read-only": "the file system is read-only",
  "no-space": "no space is left on the device",
  "busy": "it is in use",
  "cross-device": "it is on another file system",
  "loop": "its symbolic links form a loop",
  "not-a-directory": "a part of the path is not a directory",
  "is-a-directory": "it is a directory",
  "too-large": "it is larger than 256 MiB",
  "not-allowed": "this program has no access to it",
  "unsupported": "the file system cannot do that",
  "other": "the system reported an error",
};

/** What was found, for the part of a message after the colon; it names the path when that is not the one the user gave. */
export function explainFileError(error: FileError, path: string): string {
  if (error instanceof RefusedFile) return error.found;
  const found = error.kind === "other" ? systemText(error) : FOUND[error.kind];
  return error.path === path ? found : `${found} (${error.operation} ${error.path})`;
}

/** "File name too long" out of "File name too long (os error 36): open '/a/b'". */
function systemText(error: FileError): string {
  const text = error.cause instanceof Error ? /^(.*?) \(os error \d+\)/.exec(error.cause.message)?.[1] : undefined;
  return text === undefined ? FOUND.other : text.charAt(0).toLowerCase() + text.slice(1);
}

interface Refusal {
  readonly kind: FileErrorKind;
  readonly path: string;
  /** What was found, as it follows the colon of `Cannot write file "…": `. */
  readonly found: string;
  /** What to do about it. */
  readonly hint?: Remedy;
}

/** A file that could be written but must not be. */
export class RefusedFile extends FileError {
  readonly found: string;
  readonly hint?: Remedy;

  constructor(refusal: Refusal) {
    super(refusal.kind, refusal.path, "write");
    this.message = `Cannot write file "${refusal.path}": ${refusal.found}`;
    this.found = refusal.found;
    if (refusal.hint !== undefined) this.hint = refusal.hint;
  }
}

/** What to do about an error: what a RefusedFile asks for, else the given words. */
export function remedyFor(error: FileError, otherwise: Remedy): Remedy {
  return (error instanceof RefusedFile ? error.hint : undefined) ?? otherwise;
}
