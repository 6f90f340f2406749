import { AppError } from "../errors.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { type Change, editedBytes } from "./change.ts";
import { type CurrentFile, holdsBytes } from "./current_file.ts";
import { sameFile } from "./same_file.ts";

/** A file that was changed a shorter time ago may have been written only in part. */
const QUIET_MS = 50;

/** Ends an attempt at a file that a program without a lock is changing: nothing was written, and it is to start over. */
export class Disturbed extends Error {}

/** What an attempt has read, and where. */
interface ReadFile {
  readonly path: string;
  /** undefined when nothing was there. */
  readonly old: CurrentFile | undefined;
}

/** Throws Disturbed unless the file is still what was read: the same one, with the same owner, mode, time and bytes. */
export function refuseDisturbed(host: Needs<"read">, { path, old }: ReadFile): void {
  const now = host.read.lstat(path);
  if (old === undefined && now === undefined) return;
  if (old === undefined || now === undefined || !isAsRead(now, old.stat)) throw new Disturbed();
  if (!holdsBytes(host, { path, bytes: old.bytes })) throw new Disturbed();
}

function isAsRead(now: FileStat, old: FileStat): boolean {
  return sameFile(now, old) && !wasWritten(now, old) && now.mode === old.mode && now.uid === old.uid &&
    now.gid === old.gid;
}

/** Whether the content of a file was changed between two looks at it. */
export function wasWritten(now: FileStat, old: FileStat): boolean {
  return now.size !== old.size || now.mtime !== old.mtime;
}

/**
 * The new bytes; undefined when nothing has to be written. Throws Disturbed where the old ones seem to be the half of
 * what another program is writing right now, so that nothing is ever made of a half.
 */
export function editWhole(
  host: Needs<"clock">,
  { change, old }: { readonly change: Change; readonly old: CurrentFile | undefined },
): Uint8Array | undefined {
  const isFresh = old !== undefined && isBeingWritten(host, old.stat);
  if (isFresh && seemsCut(old.bytes)) throw new Disturbed();
  try {
    return editedBytes(change, old);
  } catch (error) {
    throw isFresh ? new Disturbed() : error;
  }
}

/** Whether a file was changed so short a time ago that its writer may not have finished. */
export function isBeingWritten(host: Needs<"clock">, { mtime }: FileStat): boolean {
  const age = host.clock.now() - mtime;
  return age >= 0 && age < QUIET_MS;
}

/** Text files end with a line break, JSON with a bracket. */
function seemsCut(bytes: Uint8Array): boolean {
  return !["\n", "}"].includes(String.fromCharCode(bytes.at(-1) ?? 0));
}

/** What is reported when a file never comes to rest. */
export function makeDisturbed(path: string): AppError {
  return new AppError("locked", `Cannot write file "${path}": another program keeps changing it without a lock`, {
    hint: "Try again when that program has finished",
    facts: { file: path },
  });
}
