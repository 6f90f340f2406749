import { AppError } from "../../errors.ts";
import type { YamlError } from "../../formats/text/source_error.ts";
import { FileError, isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { attributeCopier } from "../../store/attributes.ts";
import { explainFileError, remedyFor } from "../../store/explain_file_error.ts";
import { ordinaryBytes } from "../../store/current_file.ts";
import { stateHome } from "../../store/paths.ts";
import type { Change } from "../../store/change.ts";
import { previewUpdate } from "../../store/preview_update.ts";
import { type StoreHost, update, type Updated } from "../../store/replace.ts";
import type { KubeconfigLocation } from "./locate.ts";
import { nameSetting, remedy } from "../../remedy.ts";

interface KubeconfigFileChange {
  readonly location: KubeconfigLocation;
  readonly edit: (old: Uint8Array | undefined) => Uint8Array;
  readonly keepBackup: boolean;
}

/**
 * Changes a kubeconfig file under its lock, as one atomic replacement. Errors: "kubeconfig-write" when the disk fails,
 * "locked", and those of `edit`.
 */
export async function updateKubeconfigFile(
  host: StoreHost & Needs<"env" | "run">,
  change: KubeconfigFileChange,
): Promise<Updated> {
  const { location: { path } } = change;
  try {
    return await update(host, { ...storeChange(host, change), copyAttributes: attributeCopier(host) });
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

/** What {@link updateKubeconfigFile} would do now, with the same errors. Permissions: env, read, sys (uid). */
export function previewKubeconfigFile(
  host: Needs<"env" | "read" | "sys">,
  change: KubeconfigFileChange,
): ReturnType<typeof previewUpdate> {
  const { location: { path } } = change;
  try {
    return previewUpdate(host, storeChange(host, change));
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

function storeChange(host: Needs<"env">, { location: { path, mode }, edit, keepBackup }: KubeconfigFileChange): Change {
  const state = stateHome(host);
  return {
    path,
    edit,
    keepBackup,
    ...(mode === undefined ? {} : { mode }),
    ...(state === undefined ? {} : { stateDirectory: `${state}/atmos` }),
  };
}

/** The bytes of a kubeconfig; undefined when there is none. AppError "kubeconfig-path" for what can't be read. */
export function readKubeconfig(host: Needs<"read">, path: string): Uint8Array | undefined {
  try {
    return ordinaryBytes(host, path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const found = explainFileError(error, path);
    throw new AppError("kubeconfig-path", `Cannot read kubeconfig "${path}": ${found}`, { cause: error });
  }
}

/** What is wrong with the text of a kubeconfig that was to be edited. */
export function mergeFailure(path: string, error: YamlError): AppError {
  return new AppError("kubeconfig-merge", `Cannot edit kubeconfig "${path}": ${error.message}`, {
    place: { file: path, line: error.line, column: error.column },
    hint: remedy`The file was not changed. Correct the file there, or choose another one with ${
      nameSetting("kubeconfig")
    }.`,
    cause: error,
  });
}

function writeFailure(path: string, error: FileError): AppError {
  const hint = remedyFor(
    error,
    remedy`The file was not changed. Choose another file with ${nameSetting("kubeconfig")}.`,
  );
  return new AppError("kubeconfig-write", `Cannot write kubeconfig "${path}": ${explainFileError(error, path)}`, {
    hint,
    cause: error,
  });
}
