import { AppError } from "../errors.ts";
import { decodeUtf8, encodeUtf8, lenientUtf8 } from "../formats/utf8.ts";
import { YamlError } from "../formats/yaml_error.ts";
import { FileError, isFileError } from "../host/file_error.ts";
import type { Needs } from "../host/host.ts";
import { explainFileError } from "../store/explain_file_error.ts";
import { stateHome } from "../store/paths.ts";
import { RefusedFile } from "../store/refused_file.ts";
import { type StoreHost, update, type Updated } from "../store/replace.ts";
import { type EditInput, editKubeconfig, type EditResult } from "./edit.ts";
import type { KubeconfigPlace } from "./locate.ts";

export type KubeconfigChange = Omit<EditInput, "source"> & { readonly place: KubeconfigPlace };

export interface Saved extends EditResult {
  readonly written: Updated;
}

export interface Preview extends EditResult {
  /** undefined when there is no file. */
  readonly before: string | undefined;
}

/**
 * Puts an entry into a kubeconfig file under its lock, as one atomic replacement; the same input again writes nothing.
 * Errors: "kubeconfig-merge" (with line and column) for a file that can't be edited safely, "kubeconfig-write" when the
 * disk fails, "locked" when other writers don't finish in time; the file is then as it was.
 */
export async function saveKubeconfig(host: StoreHost & Needs<"env">, change: KubeconfigChange): Promise<Saved> {
  let result: EditResult | undefined;
  const edit = (old: Uint8Array | undefined) => {
    result = editBytes(change, old);
    return encodeUtf8(result.text);
  };
  const { path, mode } = change.place;
  const state = stateHome(host);
  try {
    const written = await update(host, {
      path,
      edit,
      keepBackup: change.update === "replace",
      ...(mode === undefined ? {} : { mode }),
      ...(state === undefined ? {} : { stateDirectory: `${state}/atmos` }),
    });
    return { ...result!, written };
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

/** What {@link saveKubeconfig} would make of the file now. Permission: read. */
export function previewKubeconfig(host: Needs<"read">, change: KubeconfigChange): Preview {
  const old = readIfThere(host, change.place.path);
  return { before: old === undefined ? undefined : lenientUtf8(old), ...editBytes(change, old) };
}

function readIfThere(host: Needs<"read">, path: string): Uint8Array | undefined {
  try {
    const stat = host.read.stat(path);
    if (stat === undefined) return undefined;
    if (!stat.isFile) throw new FileError(stat.isDirectory ? "is-a-directory" : "other", path, "read");
    return host.read.bytes(path);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const found = explainFileError(error, path);
    throw new AppError("kubeconfig-path", `Cannot read kubeconfig "${path}": ${found}`, { cause: error });
  }
}

function editBytes(change: KubeconfigChange, old: Uint8Array | undefined): EditResult {
  const { path } = change.place;
  try {
    // What is replaced as a whole need not be readable: it is kept beside.
    const source = old === undefined ? "" : change.update === "replace" ? lenientUtf8(old) : decodeUtf8(old);
    return editKubeconfig({ ...change, source });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new AppError("kubeconfig-merge", `Cannot edit kubeconfig "${path}": ${error.message}`, {
      place: { file: path, line: error.line, column: error.column },
      hint: "Nothing was changed. Mend the file there, or name another one with --kubeconfig PATH.",
      cause: error,
    });
  }
}

function writeFailure(path: string, error: FileError): AppError {
  const hint = error instanceof RefusedFile && error.hint !== undefined
    ? error.hint
    : "Nothing was changed. Choose another file with --kubeconfig PATH.";
  return new AppError("kubeconfig-write", `Cannot write kubeconfig "${path}": ${explainFileError(error, path)}`, {
    hint,
    cause: error,
  });
}
