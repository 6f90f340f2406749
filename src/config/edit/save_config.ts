import { AppError } from "../../errors.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/text/utf8.ts";
import { FileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { attributeCopier } from "../../store/attributes.ts";
import type { Change } from "../../store/change.ts";
import { ordinaryBytes } from "../../store/current_file.ts";
import { explainFileError, remedyFor } from "../../store/explain_file_error.ts";
import { stateHome } from "../../store/paths.ts";
import { previewUpdate } from "../../store/preview_update.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { type ConfigEdit, editConfig } from "./edit_config.ts";

interface ConfigChange {
  /** Absolute; the file need not be there. */
  readonly path: string;
  readonly edit: ConfigEdit;
}

/**
 * Puts an edit into an atmos.yaml under its lock, as one atomic replacement that leaves no other file beside it.
 * Permissions: read, write, env, run, sys.
 * @throws {AppError} config-invalid for a file that cannot be edited (with line and column), config-write where the disk
 * fails, locked; the file is then as it was
 */
export async function saveConfig(host: StoreHost & Needs<"env" | "run">, change: ConfigChange): Promise<void> {
  const copyAttributes = attributeCopier(host);
  await withFailure(
    change.path,
    () => update(host, { ...storeChange(host, change), copyAttributes, leavesNothing: true }),
  );
}

/**
 * Returns the text of the file and what {@link saveConfig} would make of it now, with the same errors; `before` is
 * undefined where there is none. Permissions: read, env, sys.
 */
export async function previewConfig(
  host: Needs<"read" | "env" | "sys">,
  change: ConfigChange,
): Promise<{ readonly before: string | undefined; readonly after: string }> {
  return await withFailure(change.path, () => {
    const storeInput = storeChange(host, change);
    const old = ordinaryBytes(host, change.path);
    previewUpdate(host, storeInput);
    return { before: old && decodeUtf8(old), after: decodeUtf8(storeInput.edit(old)) };
  });
}

function storeChange(host: Needs<"env">, { path, edit }: ConfigChange): Change {
  const state = stateHome(host);
  return {
    path,
    edit: (old) => encodeUtf8(editConfig(old === undefined ? "" : decodeUtf8(old), edit)),
    ...(state === undefined ? {} : { stateDirectory: `${state}/atmos` }),
  };
}

async function withFailure<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof YamlError) {
      throw new AppError("config-invalid", `Cannot edit configuration "${path}": ${error.message}`, {
        place: { file: path, line: error.line, column: error.column },
        hint: "The file was not changed. Fix the file there, or choose another one with --config FILE",
        cause: error,
      });
    }
    if (!(error instanceof FileError)) throw error;
    throw writeFailure(path, error);
  }
}

/** Returns the error of a configuration that cannot be written. */
export function writeFailure(path: string, error: FileError): AppError {
  return new AppError("config-write", `Cannot write configuration "${path}": ${explainFileError(error, path)}`, {
    hint: remedyFor(error, "The file was not changed. Choose another file with --config FILE"),
    cause: error,
  });
}
