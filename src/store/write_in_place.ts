import { FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs, OpenFile } from "../host/host.ts";
import { AppError } from "../errors.ts";
import { copyPlaces, keepBackup } from "./backup.ts";
import { type Change, editedBytes, type Outcome, UNTOUCHED } from "./change.ts";
import { isClosed, nextMode, setOpenMode } from "./file_mode.ts";
import { type CurrentFile, readCurrent } from "./current_file.ts";
import { editWhole, refuseDisturbed } from "./disturbed.ts";
import { discardJournal, discardQuietly, recover, writeJournal } from "./journal.ts";
import { overwrite } from "./overwrite.ts";
import type { Patience } from "./backoff.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { refuseSpecial } from "./links/resolve_target.ts";
import { sameFile } from "./same_file.ts";

type FileHost = Needs<"read" | "write" | "clock" | "sys">;

interface InPlaceInput {
  readonly change: Change;
  readonly patience: Patience;
  /** Whether lock files beside the file are held already, so that a file system without flock is good enough. */
  readonly locked: boolean;
}

/**
 * For a file that cannot be replaced: locks the file itself (another container may have it mounted, too), reads it again
 * and overwrites it, with a journal from which a killed run's write is finished later. The file keeps its owner and
 * its other names. Errors as of `update`. Permissions: read, write.
 */
export async function writeInPlace(host: FileHost, input: InPlaceInput): Promise<Outcome> {
  const file = await lockOrAgree(host, input);
  if (file === undefined) return UNTOUCHED;
  try {
    recover(host, { change: input.change, file, current: present(host, input.change.path) });
    return edit(host, { change: input.change, file });
  } finally {
    file.close();
  }
}

function edit(host: FileHost, { change, file }: { change: Change; file: OpenFile }): Outcome {
  const old = present(host, change.path);
  const bytes = editWhole(host, { change, old });
  const mode = nextMode(old.stat, change.mode);
  if (mode !== old.stat.mode) setOpenMode(file, mode);
  if (bytes === undefined) return UNTOUCHED;
  const place = writeJournal(host, { change, old, bytes });
  const backup = change.keepBackup ? backUp(host, { journal: place, change, old }) : {};
  try {
    refuseDisturbed(host, { path: change.path, old: { ...old, stat: file.stat() } });
    overwrite({ file, path: change.path, bytes, old: old.bytes });
    discardJournal(host, place);
    return { ...UNTOUCHED, changed: true, inPlace: true, ...backup };
  } catch (error) {
    // The journal is needed only while neither content is whole.
    if (!(error instanceof RefusedFile)) discardQuietly(host, place);
    throw error;
  }
}

/** Without a backup nothing is written, and the journal is not needed. */
function backUp(host: FileHost, { journal, change, old }: BackUpInput): { readonly backup: string } {
  let last: unknown;
  for (const place of copyPlaces(change)) {
    try {
      return keepBackup(host, { place, change, old });
    } catch (error) {
      last = error;
      if (error instanceof RefusedFile || !isFileError(error)) break;
    }
  }
  discardQuietly(host, journal);
  throw last;
}

interface BackUpInput {
  /** Its place. */
  readonly journal: string;
  readonly change: Change;
  readonly old: CurrentFile;
}

function present(host: FileHost, path: string): CurrentFile {
  const current = readCurrent(host, path);
  if (current === undefined) throw new FileError("not-found", path, "read");
  return current;
}

/** undefined when the file can't be written at all, but is already as it should be. */
async function lockOrAgree(host: FileHost, input: InPlaceInput): Promise<OpenFile | undefined> {
  try {
    return await lockItself(host, input);
  } catch (error) {
    if (isClosed(error) && isAsWanted(present(host, input.change.path), input.change)) return undefined;
    throw error;
  }
}

function isAsWanted(current: CurrentFile, change: Change): boolean {
  return editedBytes(change, current) === undefined && nextMode(current.stat, change.mode) === current.stat.mode;
}

async function lockItself(host: FileHost, { change: { path }, patience, locked }: InPlaceInput): Promise<OpenFile> {
  do {
    refuseSpecial(path, host.read.lstat(path));
    const file = host.write.open(path, { how: "existing", mode: 0o600 });
    try {
      if (tryLock(file, locked) && sameFile(file.stat(), host.read.lstat(path))) return file;
    } catch (error) {
      file.close();
      throw error;
    }
    file.close();
  } while (await patience.wait());
  throw new AppError("locked", `Cannot lock file "${path}": another program holds it`, {
    hint: "Try again when no other program is editing the file",
    facts: { lockFile: path },
  });
}

function tryLock(file: OpenFile, locked: boolean): boolean {
  try {
    return file.tryLock();
  } catch (error) {
    if (locked && isFileError(error, "unsupported")) return true;
    throw error;
  }
}
