import { AppError, type Position } from "../../errors.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { type FileError, isFileError } from "../../host/files/file_error.ts";
import { explainFileError, RefusedFile } from "../../store/explain_file_error.ts";
import { type Remedy, type RemedyContext } from "../../remedy.ts";

/** Why a file of a login cannot be used. The login holds all the same, in memory: this is for a warning. */
export interface FileProblem {
  /** `Cannot <verb> <file>: <what was found>`, without a secret. */
  readonly message: string;
  readonly hint: Remedy;
  /** What its parts leave open. */
  readonly context?: RemedyContext;
  readonly place?: Position;
}

interface Attempted {
  /** What was tried, as in "write credentials". */
  readonly verb: string;
  readonly path: string;
  /** The variable that puts it elsewhere. */
  readonly variable: "ATMOS_XDG_CONFIG_HOME" | "ATMOS_XDG_CACHE_HOME";
}

/** What a failure means; whatever is not the file's fault is thrown again. */
export function fileProblem(error: unknown, { verb, path, variable }: Attempted): FileProblem {
  if (!isFilesFault(error)) throw error;
  const start = `Cannot ${verb} "${path}"`;
  if (isFileError(error)) {
    const own = error instanceof RefusedFile ? error.hint : undefined;
    const hint = own ?? `Make it a file that you can read and write, or set ${variable} to another directory`;
    return { message: `${start}: ${explainFileError(error, path)}`, hint };
  }
  if (error instanceof YamlError) {
    const place = { file: path, line: error.line, column: error.column };
    return { message: `${start}: line ${error.line}: ${error.message}`, hint: `Fix or remove ${path}`, place };
  }
  if (error instanceof RangeError) {
    return { message: `${start}: ${error.message}`, hint: "Rename the identity in atmos.yaml" };
  }
  const { message, place, context, hint = "Try again" } = error;
  return { message, hint, context, ...(place === undefined ? {} : { place }) };
}

/** Returns what `read` gives; undefined for a file that cannot be used, which is reported where it is needed. */
export function readIfUsable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFilesFault(error)) return undefined;
    throw error;
  }
}

function isFilesFault(error: unknown): error is FileError | YamlError | RangeError | AppError {
  if (error instanceof AppError) return error.code === "locked" || error.code === "config-invalid";
  return isFileError(error) || error instanceof YamlError || error instanceof RangeError;
}
