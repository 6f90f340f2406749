import { type FileError, isFileError } from "../host/files/file_error.ts";
import type { HeldFile, Needs } from "../host/host.ts";
import { makeLike, mayOthers } from "./attributes.ts";
import { keepBackup } from "./backup.ts";
import { type Change, type Outcome, rememberedEdit, UNTOUCHED } from "./change.ts";
import { isClosed, nextMode, setMode } from "./file_mode.ts";
import { type CurrentFile, readAgain, readCurrent } from "./current_file.ts";
import { Disturbed, editWhole, isBeingWritten, makeDisturbed } from "./disturbed.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { journalExists } from "./journal.ts";
import { withLock } from "./lock.ts";
import { refuseSharedDirectories } from "./own_directories.ts";
import { dirname } from "./paths.ts";
import { LOCK_TIMEOUT_MS, Patience } from "./backoff.ts";
import { resolveWriteTarget } from "./links/resolve_target.ts";
import { replaceWatched } from "./replace_watched.ts";
import { flushDirectory, removeIfThere, removeQuietly, temporaryPath } from "./write_beside.ts";
import { writeInPlace } from "./write_in_place.ts";

const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

export type StoreHost = Needs<"read" | "write" | "clock" | "random" | "sys" | "env">;

interface UpdateInput extends Change {
  /** Mode of directories that have to be created; 0700 by default. */
  readonly directoryMode?: number;
  /** Milliseconds to wait for other writers (default: LOCK_TIMEOUT_MS); longer for other atmos processes. */
  readonly timeoutMs?: number;
  /** Whether no lock file stays beside it; else one does, for the next time. */
  readonly leavesNothing?: boolean;
  /** Whether an interruption counts, while locks are waited for and then; not for what must follow another write, such as a record. */
  readonly isInterruptible?: boolean;
}

export interface Updated extends Outcome {
  /** The file that was written, links resolved. */
  readonly path: string;
}

/**
 * Reads, edits and writes one file so that no other writer's change is lost and no reader ever sees a part of it: under
 * the lock of {@link withLock}, by {@link writeBeside}, and where the file cannot be replaced (a bind-mounted file, a
 * directory that takes no new file) by {@link writeInPlace}. Links stay links; equal bytes are not written at all, though
 * a given mode is still set; where nothing is to be done, kubectl's lock is not waited for. What a program without a lock has written meanwhile is edited, too: the file is looked at
 * once more just before it is replaced.
 *
 * Throws what `edit` throws (the file is untouched then), RefusedFile for what must not be written, FileError when the
 * disk fails and AppError "locked" when others keep the file busy. Permissions: read, write, sys (uid).
 */
export async function update(host: StoreHost, input: UpdateInput): Promise<Updated> {
  const path = resolveWriteTarget(host, input.path);
  const refuseShared = input.isOwn ? () => refuseSharedDirectories(host, input.path) : () => {};
  refuseShared();
  makeDirectory(host, { path: dirname(path), mode: input.directoryMode ?? PRIVATE_DIRECTORY });
  refuseShared();
  const { interruption, ...patientClock } = host.clock;
  const patient = { ...host, clock: patientClock };
  const timeoutMs = input.timeoutMs ?? LOCK_TIMEOUT_MS;
  const patience = new Patience(input.isInterruptible ? host : patient, timeoutMs);
  const change = { ...input, path, edit: rememberedEdit(input.edit) };
  let known: Uint8Array | undefined;
  const prepare = () => {
    const ahead = editAhead(host, change);
    known = ahead?.known;
    return ahead?.isDone ? UNTOUCHED : undefined;
  };
  const body = async (closed: FileError | undefined) => {
    if (input.isInterruptible) interruption?.refuse();
    return await apply(host, { change, closed, patience, rest: new Patience(patient, timeoutMs), known });
  };
  return {
    path,
    ...await withLock(host, { path, patience, leavesNothing: input.leavesNothing ?? false, prepare, body }),
  };
}

interface Ahead {
  /** The bytes that were edited. */
  readonly known: Uint8Array;
  /** Whether nothing is to be written, for which no lock is needed, whatever another program has left there. */
  readonly isDone: boolean;
}

/** Edits before the lock is taken. What fails here fails again under it, where it is reported. */
function editAhead(host: StoreHost, change: Change): Ahead | undefined {
  try {
    if (journalExists(host, change)) return undefined;
    const old = readCurrent(host, change.path);
    const isSame = editWhole(host, { change, old }) === undefined;
    if (old === undefined) return undefined;
    return { known: old.bytes, isDone: isSame && nextMode(old.stat, change.mode) === old.stat.mode };
  } catch {
    return undefined;
  }
}

interface Application {
  readonly change: Change;
  readonly closed: FileError | undefined;
  readonly patience: Patience;
  /** How long programs without a lock are waited for, in all. */
  readonly rest: Patience;
  /** What the file held a moment ago, when it was edited ahead. */
  readonly known: Uint8Array | undefined;
}

/**
 * Starts over while a program without a lock changes the file, and once more where that one has written into the file that
 * was replaced: what it wrote is edited then, in place of what was.
 */
async function apply(host: StoreHost, application: Application): Promise<Outcome> {
  const { rest: patience } = application;
  for (;;) {
    try {
      const { outcome, late } = await attempt(host, application);
      if (late !== undefined) await applyLate(host, application, late);
      return outcome;
    } catch (error) {
      if (!(error instanceof Disturbed)) throw error;
      if (!await patience.wait()) throw makeDisturbed(application.change.path);
    }
  }
}

interface Attempt {
  readonly outcome: Outcome;
  /** The file that was replaced, where it was written to until then: it is to be closed. */
  readonly late?: HeldFile;
}

/** A journal means that a write in place was cut short: that is put right first, before anything reads the file. */
async function attempt(host: StoreHost, { change, closed, patience, known }: Application): Promise<Attempt> {
  if (closed !== undefined && host.read.lstat(change.path) === undefined) throw closed;
  if (closed === undefined && !journalExists(host, change)) {
    const replaced = await tryReplace(host, { change, known });
    if (replaced?.outcome.changed) flushDirectory(host, change.path);
    if (replaced !== undefined) return replaced;
  }
  return { outcome: await writeInPlace(host, { change, patience, locked: closed === undefined }) };
}

/** Waits until the late writer has finished, and makes the edit of what it wrote; what it left empty is left alone. */
async function applyLate(host: StoreHost, application: Application, late: HeldFile): Promise<void> {
  const { change, rest: patience } = application;
  try {
    while (isBeingWritten(host, late.stat())) if (!await patience.wait()) return;
    const bytes = late.bytes();
    if (bytes.length === 0) return;
    if (change.keepBackup) keepBackup(host, { place: change.path, change, old: { bytes, stat: late.stat() } });
    const again: Change = { ...change, keepBackup: false, edit: () => change.edit(bytes) };
    await apply(host, { ...application, change: again, known: undefined });
  } finally {
    late.close();
  }
}

/** undefined when the file is there and can't be replaced as it must be; nothing has changed then. */
async function tryReplace(
  host: StoreHost,
  { change, known }: Pick<Application, "change" | "known">,
): Promise<Attempt | undefined> {
  const old = readAgain(host, { path: change.path, known });
  try {
    return await replace(host, { change, old });
  } catch (error) {
    // It may have been made already, for an owner and a mode.
    removeQuietly(host, temporaryPath(change.path));
    if (old === undefined || error instanceof RefusedFile) throw error;
    if (isClosed(error) || isFileError(error, "busy", "cross-device")) return undefined;
    throw error;
  }
}

async function replace(
  host: StoreHost,
  { change, old }: { readonly change: Change; readonly old: CurrentFile | undefined },
): Promise<Attempt | undefined> {
  const { path, copyAttributes } = change;
  const bytes = editWhole(host, { change, old });
  const mode = old === undefined ? change.mode ?? PRIVATE_FILE : nextMode(old.stat, change.mode);
  if (bytes === undefined) {
    if (old !== undefined && old.stat.mode !== mode) setMode(host, { path, mode, found: old.stat });
    return { outcome: UNTOUCHED };
  }
  const isMade = old !== undefined && await makeLike(host, { path, old, mode, copyAttributes });
  // Where nothing tells what an ACL gives and denies other users, the file stays the one that it is.
  if (old !== undefined && !isMade && mayOthers(mode)) {
    removeIfThere(host, temporaryPath(path));
    return undefined;
  }
  const backup = change.keepBackup && old !== undefined ? keepBackup(host, { place: path, change, old }) : {};
  const late = replaceWatched(host, { path, old, bytes, mode, isMade });
  const outcome = {
    ...UNTOUCHED,
    created: old === undefined,
    changed: true,
    brokeHardLink: (old?.stat.nlink ?? 1) > 1,
    ...backup,
  };
  return late === undefined ? { outcome } : { outcome, late };
}

function makeDirectory(host: StoreHost, { path, mode }: { path: string; mode: number }): void {
  if (host.read.stat(path) === undefined) host.write.mkdir(path, mode);
}
