import { parseIni } from "../../formats/ini/parse_ini.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import { editedBytes } from "../../store/change.ts";
import { isClosed, nextMode, setMode } from "../../store/file_mode.ts";
import { readCurrent } from "../../store/current_file.ts";
import { RefusedFile } from "../../store/explain_file_error.ts";
import { takeGuard } from "../../store/flock.ts";
import { refuseSharedDirectories } from "../../store/own_directories.ts";
import { dirname } from "../../store/paths.ts";
import { LOCK_TIMEOUT_MS, Patience } from "../../store/backoff.ts";
import type { StoreHost } from "../../store/replace.ts";
import { refuseShared, resolveWriteTarget } from "../../store/links/resolve_target.ts";
import { flushDirectory, writeBeside } from "../../store/write_beside.ts";
import { writeInPlace } from "../../store/write_in_place.ts";

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

export interface CredentialFileEdit {
  readonly path: string;
  /** Old text ("" when there is no file) to new text; "" takes the file away. May be called twice. */
  readonly edit: (old: string) => string;
}

/**
 * Edits one of the INI files that are shared with the Go atmos, atomically and under *its* lock: flock on
 * `<file>.lock`, a file that stays. (To `update` of the store a file of that name means that kubectl is writing.)
 * Throws AppError "config-invalid" with the line for a file that cannot be read, "locked" after ten seconds, FileError
 * when the disk fails, RefusedFile for a file that another user owns or may write to; the file is untouched then.
 * Permissions: read, write, sys (uid).
 */
export async function editCredentialFile(host: StoreHost, { path: given, edit }: CredentialFileEdit): Promise<void> {
  const path = resolveWriteTarget(host, given);
  const change = {
    path,
    isOwn: true,
    mode: PRIVATE_FILE,
    edit: (old: Uint8Array | undefined) => encodeUtf8(edit(decodeFile(old, path))),
  };
  refuseSharedDirectories(host, dirname(given));
  makePrivate(host, { path: dirname(path), given: dirname(given) });
  refuseSharedDirectories(host, given);
  const patience = new Patience(host, LOCK_TIMEOUT_MS);
  const guard = await takeGuard(host, { path: `${path}.lock`, guarded: path, patience });
  try {
    if (tryReplace(host, change)) return;
    await writeInPlace(host, { change, patience: patience.again(), locked: guard !== undefined });
  } finally {
    guard?.close();
  }
}

type BytesChange = Parameters<typeof editedBytes>[0];

function decodeFile(bytes: Uint8Array | undefined, path: string): string {
  const text = bytes === undefined ? "" : decodeUtf8(bytes);
  parseIni(text, path);
  return text;
}

/** false when the file is there and cannot be replaced; nothing has changed then. */
function tryReplace(host: StoreHost, change: BytesChange): boolean {
  const there = host.read.lstat(change.path) !== undefined;
  try {
    replace(host, change);
    return true;
  } catch (error) {
    if (!there || error instanceof RefusedFile) throw error;
    if (isClosed(error) || isFileError(error, "busy", "cross-device")) return false;
    throw error;
  }
}

function replace(host: StoreHost, change: BytesChange): void {
  const { path } = change;
  const old = readCurrent(host, path);
  if (old !== undefined) refuseShared(host, { path, found: old.stat });
  const bytes = editedBytes(change, old);
  if (bytes === undefined) {
    if (old === undefined) return;
    const mode = nextMode(old.stat, PRIVATE_FILE);
    if (old.stat.mode !== mode) setMode(host, { path, mode, found: old.stat });
    return;
  }
  if (bytes.length > 0) {
    writeBeside(host, { path, bytes, mode: PRIVATE_FILE, ...(old === undefined ? {} : { owner: old.stat }) });
  } else if (old !== undefined) host.write.remove(path);
  flushDirectory(host, path);
}

/**
 * A directory of ours that others may look into is closed, where we may. Root closes none through a link: another user
 * may have put that there.
 */
function makePrivate(host: StoreHost, { path, given }: { readonly path: string; readonly given: string }): void {
  const isRoot = host.sys.uid() === 0;
  const found = isRoot ? host.read.lstat(path) : host.read.stat(path);
  if (found === undefined) return host.write.mkdir(path, PRIVATE_DIRECTORY);
  if (isRoot && (path !== given || !found.isDirectory)) return;
  if ((found.mode & 0o077) === 0 || found.uid !== host.sys.uid()) return;
  try {
    setMode(host, { path, mode: PRIVATE_DIRECTORY, found });
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
}
