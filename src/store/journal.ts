import { FileError, isFileError } from "../host/files/file_error.ts";
import type { Needs, OpenFile } from "../host/host.ts";
import { nameShellCommand, remedy } from "../remedy.ts";
import { commonPrefix, sameBytes } from "./same_file.ts";
import { copyPlaces, makeCopyDirectory } from "./backup.ts";
import type { Change } from "./change.ts";
import type { CurrentFile } from "./current_file.ts";
import { explainFileError, RefusedFile } from "./explain_file_error.ts";
import { overwrite } from "./overwrite.ts";
import { dirname } from "./paths.ts";
import { removeIfThere, writeBeside } from "./write_beside.ts";

/*
 * A write in place cannot be one step, so before it starts, the old and the new bytes are put down whole:
 * `<place>.atmos-new` first, then `<place>.atmos-old`, which is what says that a write is under way. Both are removed
 * when it is done. If they are found, a run was killed between, and the next one finishes its write: one that is in the
 * state directory, or beside a file of our own. Other files beside the file may have come with it, in a repository, so what they say is for the user to judge.
 */
type JournalHost = Needs<"read" | "write" | "sys">;

const getOld = (place: string) => `${place}.atmos-old`;
const getNew = (place: string) => `${place}.atmos-new`;

export function journalExists(host: Needs<"read" | "sys">, change: Change): boolean {
  return findJournal(host, change) !== undefined;
}

/**
 * Puts down both contents and gives back the place. Throws RefusedFile when no place takes them: overwriting without a
 * way back is not worth the risk.
 */
export function writeJournal(
  host: JournalHost,
  { change, old, bytes }: { readonly change: Change; readonly old: CurrentFile; readonly bytes: Uint8Array },
): string {
  let last: unknown;
  for (const place of journalPlaces(change)) {
    try {
      makeCopyDirectory(host, { place, change });
      writeBeside(host, { path: getNew(place), bytes, mode: 0o600 });
      writeBeside(host, { path: getOld(place), bytes: old.bytes, mode: 0o600 });
      host.write.syncDirectory(dirname(place));
      return place;
    } catch (error) {
      last = error;
      discardQuietly(host, place);
    }
  }
  if (!(last instanceof FileError)) throw last;
  throw new RefusedFile({
    kind: last.kind,
    path: change.path,
    found: `it can only be overwritten in place, and the old content could not be backed up: ${
      explainFileError(last, change.path)
    }`,
  });
}

export function discardJournal(host: JournalHost, place: string): void {
  removeIfThere(host, getOld(place));
  removeIfThere(host, getNew(place));
}

/** After a failure, which is the one to report; the next run compares the journal with the file and removes it. */
export function discardQuietly(host: JournalHost, place: string): void {
  try {
    discardJournal(host, place);
  } catch {
    // Nothing more can be done.
  }
}

interface Recovery {
  readonly change: Change;
  /** The file, open and locked. */
  readonly file: OpenFile;
  readonly current: CurrentFile;
}

/**
 * Finishes a write that was cut short. Throws RefusedFile when someone has changed the file since then, and where nothing
 * but files beside it say that there was such a write.
 */
export function recover(host: JournalHost, { change, file, current }: Recovery): void {
  const place = findJournal(host, change);
  if (place === undefined) return;
  const [old, bytes] = [host.read.bytes(getOld(place)), host.read.bytes(getNew(place))];
  if (!sameBytes(current.bytes, old) && !sameBytes(current.bytes, bytes)) {
    if (!isCut({ current: current.bytes, old, bytes })) throw changedSince({ path: change.path, copy: getOld(place) });
    if (place === change.path && !change.isOwn) throw unknownWrite(place);
    overwrite({ file, path: change.path, bytes, old });
  }
  discardJournal(host, place);
}

/** Overwriting goes from the start, so a cut write leaves the start of the new content and the rest of the old. */
function isCut({ current, old, bytes }: { current: Uint8Array; old: Uint8Array; bytes: Uint8Array }): boolean {
  const written = commonPrefix(current, bytes);
  return current.length === Math.max(old.length, written) &&
    sameBytes(current.subarray(written), old.subarray(written));
}

/** The one that only this user's runs write to comes first. */
function journalPlaces(change: Change): readonly string[] {
  return copyPlaces(change).toReversed();
}

function findJournal(host: Needs<"read" | "sys">, change: Change): string | undefined {
  return journalPlaces(change).find((place) =>
    [getOld(place), getNew(place)].every((copy) => isOurs(host, { copy, change }))
  );
}

/**
 * Whether a copy is there and made by us or by the file's owner: in a directory like /tmp others could plant one, and
 * with it a content. A place that cannot be looked at holds nothing of ours.
 */
function isOurs(host: Needs<"read" | "sys">, { copy, change }: { copy: string; change: Change }): boolean {
  try {
    const found = host.read.lstat(copy);
    if (found === undefined || !found.isFile) return false;
    return found.uid === host.sys.uid() || found.uid === host.read.lstat(change.path)?.uid;
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

function changedSince({ path, copy }: { path: string; copy: string }): RefusedFile {
  return new RefusedFile({
    kind: "other",
    path,
    found:
      `an earlier write was interrupted and the file has changed since; the content before that write is in ${copy}`,
    hint: remedy`Compare both, fix the file, then: ${nameShellCommand("rm", copy)}`,
  });
}

function unknownWrite(path: string): RefusedFile {
  const [old, fresh] = [getOld(path), getNew(path)];
  return new RefusedFile({
    kind: "other",
    path,
    found: `${old} and ${fresh} say that a write was interrupted, but atmos has no record of such a write`,
    hint: remedy`Copy the correct one over the file, then: ${nameShellCommand("rm", old, fresh)}`,
  });
}
