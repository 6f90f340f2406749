import { encodeUtf8 } from "../../../formats/text/utf8.ts";
import { AppError } from "../../../errors.ts";
import { FileError } from "../../../host/files/file_error.ts";
import type { Needs } from "../../../host/host.ts";
import { explainFileError } from "../../../store/explain_file_error.ts";
import { type StoreHost, update } from "../../../store/replace.ts";
import { isLauncherText } from "./launcher_text.ts";

/** A program that docker can start by its name, and that starts this one. */
export interface Launcher {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes it for its owner alone. AppError "docker-config" when something else lies there, or the disk refuses; "locked".
 * Permissions: read, write, sys.
 */
export async function writeLauncher(host: StoreHost, { path, text }: Launcher): Promise<void> {
  const edit = (old: Uint8Array | undefined) => {
    if (old !== undefined && !isLauncher(old)) throw foreign(path);
    return encodeUtf8(text);
  };
  try {
    await update(host, { path, edit, mode: 0o700 });
  } catch (error) {
    throw error instanceof FileError ? failed(path, error) : error;
  }
}

/** Removes it if it is one; whether it was. Permissions: read, write. */
export function removeLauncher(host: Needs<"read" | "write">, path: string): boolean {
  if (!launcherIsAt(host, path)) return false;
  try {
    host.write.remove(path);
    return true;
  } catch (error) {
    throw error instanceof FileError ? failed(path, error) : error;
  }
}

export function launcherIsAt(host: Needs<"read">, path: string): boolean {
  return host.read.lstat(path)?.isFile === true && isLauncher(host.read.bytes(path));
}

/** The beginning tells, be it cut in the middle of a letter. */
function isLauncher(bytes: Uint8Array): boolean {
  return isLauncherText(new TextDecoder().decode(bytes.subarray(0, 200)));
}

function foreign(path: string): AppError {
  return new AppError("docker-config", `Cannot write "${path}": something else lies there`, {
    hint: "Move it away, or name another directory of PATH: --bin-dir DIRECTORY",
  });
}

function failed(path: string, error: FileError): AppError {
  return new AppError("docker-config", `Cannot write "${path}": ${explainFileError(error, path)}`, {
    hint: "Name another directory of PATH: --bin-dir DIRECTORY",
    cause: error,
  });
}
