import { AppError } from "../../errors.ts";
import type { YamlError } from "../../formats/text/source_error.ts";
import { FileError, isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { attributeCopier } from "../../store/attributes.ts";
import { explainFileError, RefusedFile, remedyFor } from "../../store/explain_file_error.ts";
import { ordinaryBytes } from "../../store/current_file.ts";
import { stateHome } from "../../store/paths.ts";
import type { Change } from "../../store/change.ts";
import { previewUpdate } from "../../store/preview_update.ts";
import { type StoreHost, update, type Updated } from "../../store/replace.ts";
import { isDefaultKubeconfig, type KubeconfigLocation, refuseSharedKubeconfig } from "./locate.ts";
import { nameSetting, nameShellCommand, remedy } from "../../remedy.ts";

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
    refuseSharedKubeconfig(host, path);
    refuseForeign(host, path);
    return await update(host, {
      ...storeChange(host, change),
      copyAttributes: attributeCopier(host),
      isInterruptible: true,
    });
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

/** Returns whether an error of {@link updateKubeconfigFile} came when the file was written already. */
export function isAfterWrite(error: unknown): error is AppError {
  return error instanceof AppError && error.facts["isWritten"] === true;
}

/** What {@link updateKubeconfigFile} would do now, with the same errors. Permissions: env, read, sys (uid). */
export function previewKubeconfigFile(
  host: Needs<"env" | "read" | "sys">,
  change: KubeconfigFileChange,
): ReturnType<typeof previewUpdate> {
  const { location: { path } } = change;
  try {
    refuseSharedKubeconfig(host, path);
    refuseForeign(host, path);
    return previewUpdate(host, storeChange(host, change));
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

const ALL_WRITE = 0o002;
const GROUP_OR_ALL_WRITE = 0o022;

/**
 * Refuses another user's kubeconfig that others may write to, since kubectl runs what it says as this user. A group may
 * share a file that the user has named; a default file is one user's alone. Root's files count as one's own.
 */
function refuseForeign(host: Needs<"env" | "read" | "sys">, path: string): void {
  const me = host.sys.uid();
  const found = me === -1 ? undefined : host.read.stat(path);
  if (found === undefined || [me, 0].includes(found.uid)) return;
  if ((found.mode & (isDefaultKubeconfig(host, path) ? GROUP_OR_ALL_WRITE : ALL_WRITE)) === 0) return;
  const mode = found.mode.toString(8).padStart(4, "0");
  throw new RefusedFile({
    kind: "denied",
    path,
    found: `it belongs to another user (uid ${found.uid}), and others may write to it (mode ${mode})`,
    hint: remedy`Name a file of your own with ${nameSetting("kubeconfig")}, or have its owner close it: ${
      nameShellCommand("chmod", "go-w", path)
    }`,
  });
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
