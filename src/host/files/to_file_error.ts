import { FileError, type FileErrorKind } from "./file_error.ts";

/** POSIX error names as the runtime puts them into `code`. */
const KIND_BY_CODE: Readonly<Record<string, FileErrorKind>> = {
  ENOENT: "not-found",
  EEXIST: "exists",
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "read-only",
  ENOSPC: "no-space",
  EDQUOT: "no-space",
  EBUSY: "busy",
  ETXTBSY: "busy",
  EXDEV: "cross-device",
  ELOOP: "loop",
  ENOTDIR: "not-a-directory",
  EISDIR: "is-a-directory",
  ENOTSUP: "unsupported",
  EOPNOTSUPP: "unsupported",
  ENOSYS: "unsupported",
  ENOLCK: "unsupported",
  EMLINK: "unsupported",
};

/** What the system says of errors to which the runtime gives neither a code nor a class, on Linux and macOS. */
const KIND_BY_TEXT: readonly (readonly [RegExp, FileErrorKind])[] = [
  [/^No locks available \(os error /, "unsupported"],
  [/^Function not implemented \(os error /, "unsupported"],
  [/^Too many links \(os error /, "unsupported"],
  [/^Dis[ck] quota exceeded \(os error /, "no-space"],
  [/^Text file busy \(os error /, "busy"],
];

type ErrorClass = abstract new (...args: never[]) => Error;

/** For errors without a code, and for systems whose codes are not POSIX names. */
const KIND_BY_CLASS: readonly (readonly [ErrorClass, FileErrorKind])[] = [
  [Deno.errors.NotCapable, "not-allowed"],
  [Deno.errors.NotFound, "not-found"],
  [Deno.errors.AlreadyExists, "exists"],
  [Deno.errors.PermissionDenied, "denied"],
  [Deno.errors.FilesystemLoop, "loop"],
  [Deno.errors.NotADirectory, "not-a-directory"],
  [Deno.errors.IsADirectory, "is-a-directory"],
  [Deno.errors.Busy, "busy"],
  [Deno.errors.NotSupported, "unsupported"],
];

interface FailedOperation {
  /** A verb, e.g. "open". */
  readonly operation: string;
  readonly path: string;
  /** What the runtime threw. */
  readonly error: unknown;
}

/** Translates what the runtime threw. Its advice to run again with other flags is not handed on: users have no flags. */
export function toFileError({ operation, path, error }: FailedOperation): FileError {
  if (error instanceof FileError) return error;
  const kind = findErrorKind(error);
  return new FileError(kind, path, operation, kind === "not-allowed" ? {} : { cause: error });
}

function findErrorKind(error: unknown): FileErrorKind {
  if (!(error instanceof Error)) return "other";
  const code = "code" in error ? String(error.code) : "";
  return KIND_BY_CODE[code] ?? KIND_BY_CLASS.find(([type]) => error instanceof type)?.[1] ??
    KIND_BY_TEXT.find(([text]) => text.test(error.message))?.[1] ?? "other";
}
