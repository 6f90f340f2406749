/** Why a file operation failed, in terms that do not depend on the runtime. */
export type FileErrorKind =
  | "not-found"
  | "exists"
  | "denied"
  | "read-only"
  | "no-space"
  | "busy"
  | "cross-device"
  | "loop"
  | "not-a-directory"
  | "is-a-directory"
  | "not-allowed"
  | "unsupported"
  | "other";

/** A failed file operation: what was tried, on which path, and what the system said. */
export class FileError extends Error {
  override readonly name = "FileError";
  constructor(
    readonly kind: FileErrorKind,
    readonly path: string,
    readonly operation: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(`${operation} ${path}: ${kind}`, options);
  }
}

export function isFileError(error: unknown, ...kinds: FileErrorKind[]): error is FileError {
  return error instanceof FileError && (kinds.length === 0 || kinds.includes(error.kind));
}
