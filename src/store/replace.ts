import { type FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";
import { keepBackup } from "./backup.ts";
import { type Change, editedBytes, type Outcome, UNTOUCHED } from "./change.ts";
import { isClosed, setMode } from "./file_mode.ts";
import { type CurrentFile, readAgain, readCurrent } from "./current_file.ts";
import { journalExists } from "./journal.ts";
import { withLock } from "./lock.ts";
import { dirname } from "./paths.ts";
import { LOCK_TIMEOUT_MS, Patience } from "./patience.ts";
import { rememberedEdit } from "./remembered_edit.ts";
import { resolveTarget } from "./resolve_target.ts";
import { writeBeside } from "./write_beside.ts";
import { writeInPlace } from "./write_in_place.ts";

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

export type StoreHost = Needs<"read" | "write" | "clock" | "random" | "sys">;

interface UpdateInput extends Change {
  /** Mode of directories that have to be created; 0700 when absent. */
  readonly directoryMode?: number;
  /** Milliseconds to wait for other writers (default: LOCK_TIMEOUT_MS); longer for other atmos processes. */
  readonly timeoutMs?: number;
}

export interface Updated extends Outcome {
  /** The file that was written, links resolved. */
  readonly path: string;
}

/**
 * Reads, edits and writes one file so that no other writer's change is lost and no reader ever sees a part of it: under
 * the lock of {@link withLock}, by {@link writeBeside}, and where the file cannot be replaced (a bind-mounted file, a
 * directory that takes no new file) by {@link writeInPlace}. Links stay links; equal bytes are not written at all, though
 * a given mode is still set.
 *
 * Throws what `edit` throws (the file is untouched then), RefusedFile for what must not be written, FileError when the
 * disk fails and AppError "locked" when others keep the file busy. Permissions: read, write, sys (uid).
 */
export async function update(host: StoreHost, input: UpdateInput): Promise<Updated> {
  const path = resolveTarget(host, input.path);
  makeDirectory(host, { path: dirname(path), mode: input.directoryMode ?? PRIVATE_DIRECTORY });
  const patience = new Patience(host, input.timeoutMs ?? LOCK_TIMEOUT_MS);
  const change = { ...input, path, edit: rememberedEdit(input.edit) };
  let known: Uint8Array | undefined;
  const prepare = () => void (known = editedAhead(host, change));
  const body = (closed: FileError | undefined) => apply(host, { change, closed, patience, known });
  return { path, ...await withLock(host, { path, patience, prepare, body }) };
}

/** The bytes that were edited before the lock is taken. What fails here fails again under it, where it is reported. */
function editedAhead(host: StoreHost, change: Change): Uint8Array | undefined {
  try {
    if (journalExists(host, change)) return undefined;
    const bytes = readCurrent(host, change.path)?.bytes;
    change.edit(bytes);
    return bytes;
  } catch {
    return undefined;
  }
}

interface Application {
  readonly change: Change;
  readonly closed: FileError | undefined;
  readonly patience: Patience;
  /** What the file held a moment ago, when it was edited ahead. */
  readonly known: Uint8Array | undefined;
}

/** A journal means that a write in place was cut short: that is put right first, before anything reads the file. */
async function apply(host: StoreHost, { change, closed, patience, known }: Application): Promise<Outcome> {
  if (closed !== undefined && host.read.lstat(change.path) === undefined) throw closed;
  if (closed === undefined && !journalExists(host, change)) {
    const outcome = tryReplace(host, { change, known });
    if (outcome?.changed) host.write.syncDirectory(dirname(change.path));
    if (outcome !== undefined) return outcome;
  }
  return await writeInPlace(host, { change, patience, locked: closed === undefined });
}

/** undefined when the file is there and can't be replaced; nothing has changed then. */
function tryReplace(
  host: StoreHost,
  { change, known }: Pick<Application, "change" | "known">,
): Outcome | undefined {
  const old = readAgain(host, { path: change.path, known });
  try {
    return replace(host, { change, old });
  } catch (error) {
    if (old !== undefined && (isClosed(error) || isFileError(error, "busy", "cross-device"))) return undefined;
    throw error;
  }
}

function replace(host: StoreHost, { change, old }: { change: Change; old: CurrentFile | undefined }): Outcome {
  const bytes = editedBytes(change, old);
  const mode = change.mode ?? old?.stat.mode ?? PRIVATE_FILE;
  if (bytes === undefined) {
    if (old !== undefined && old.stat.mode !== mode) setMode(host, { path: change.path, mode, found: old.stat });
    return UNTOUCHED;
  }
  const backup = change.keepBackup && old !== undefined ? keepBackup(host, { place: change.path, change, old }) : {};
  writeBeside(host, { path: change.path, bytes, mode, ...(old === undefined ? {} : { owner: old.stat }) });
  return {
    ...UNTOUCHED,
    created: old === undefined,
    changed: true,
    brokeHardLink: (old?.stat.nlink ?? 1) > 1,
    ...backup,
  };
}

function makeDirectory(host: StoreHost, { path, mode }: { path: string; mode: number }): void {
  if (host.read.stat(path) === undefined) host.write.mkdir(path, mode);
}
