import { FileError, type FileErrorKind } from "../host/files/file_error.ts";

export interface Refusal {
  readonly kind: FileErrorKind;
  readonly path: string;
  /** What was found, as it follows the colon of `Cannot write file "…": `. */
  readonly found: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A file that could be written but must not be. */
export class RefusedFile extends FileError {
  readonly found: string;
  readonly hint?: string;

  constructor(refusal: Refusal) {
    super(refusal.kind, refusal.path, "write");
    this.message = `Cannot write file "${refusal.path}": ${refusal.found}`;
    this.found = refusal.found;
    if (refusal.hint !== undefined) this.hint = refusal.hint;
  }
}
