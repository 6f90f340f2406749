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
  | "too-large"
  | "not-allowed"
  | "unsupported"
  | "other";

/** The path of an error about it, whose own path is not known. */
export const CURRENT_DIRECTORY = "the current directory";

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

/** Returns what `work` gives; undefined where a file operation in it fails. Throws what is no FileError. */
export function unlessFileError<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
