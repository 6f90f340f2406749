import { AppError } from "../../errors.ts";
import { type FileError, isFileError } from "../../host/files/file_error.ts";
import { explainFileError, RefusedFile } from "../../store/explain_file_error.ts";

interface Doing {
  readonly verb: "read" | "write" | "remove";
  readonly path: string;
}

/** Does something with a file of the keyring; what the disk refuses is an AppError "config-invalid". */
export function doingWith<T>(doing: Doing, action: () => T): T {
  try {
    const result = action();
    if (!(result instanceof Promise)) return result;
    return result.catch((error) => {
      throw explain(error, doing);
    }) as T;
  } catch (error) {
    throw explain(error, doing);
  }
}

function explain(error: unknown, doing: Doing): unknown {
  return isFileError(error) ? failure(error, doing) : error;
}

function failure(error: FileError, { verb, path }: Doing): AppError {
  const own = error instanceof RefusedFile ? error.hint : undefined;
  return new AppError("config-invalid", `Cannot ${verb} keyring "${path}": ${explainFileError(error, path)}`, {
    hint: own ?? "Make it a directory that you can read and write, or set ATMOS_KEYRING_FILE_PATH to another directory",
    cause: error,
  });
}
