import { isFileError } from "../host/files/file_error.ts";
import type { HeldFile, Needs } from "../host/host.ts";
import type { CurrentFile } from "./current_file.ts";
import { Disturbed, refuseDisturbed, wasWritten } from "./disturbed.ts";
import { writeBeside } from "./write_beside.ts";

interface Replacing {
  readonly path: string;
  /** What was read there; undefined when nothing was. */
  readonly old: CurrentFile | undefined;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Whether `makeLike` has made the temporary file. */
  readonly isMade: boolean;
}

/**
 * Puts new bytes in the place of a file that is still what was read (else Disturbed). Gives back the old file, which is
 * to be closed, where another program wrote into it in the very moment in which it was replaced.
 */
export function replaceWatched(host: Needs<"read" | "write">, { old, ...file }: Replacing): HeldFile | undefined {
  const held = old === undefined ? undefined : hold(host, file.path);
  let isLate = false;
  try {
    const check = () => refuseDisturbed(host, { path: file.path, old });
    writeBeside(host, { ...file, check, ...(old === undefined ? {} : { owner: old.stat }) });
    isLate = held !== undefined && old !== undefined && wasWrittenSince(held, old);
    return isLate ? held : undefined;
  } finally {
    if (!isLate) held?.close();
  }
}

function hold(host: Needs<"read">, path: string): HeldFile {
  try {
    return host.read.hold(path);
  } catch (error) {
    throw isFileError(error, "not-found") ? new Disturbed() : error;
  }
}

/** The new file is there already: that the old one cannot be looked at any more is no failure. */
function wasWrittenSince(held: HeldFile, old: CurrentFile): boolean {
  try {
    return wasWritten(held.stat(), old.stat);
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}
