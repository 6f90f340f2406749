import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { refuseSpecial } from "./links/resolve_target.ts";
import { sameBytes } from "./same_file.ts";

/** A file as it is on the disk now. */
export interface CurrentFile {
  readonly bytes: Uint8Array;
  readonly stat: FileStat;
}

/** undefined when nothing is there; RefusedFile when it is not a regular file (opening a pipe would wait for ever). */
export function readCurrent(host: Needs<"read">, path: string): CurrentFile | undefined {
  return readAgain(host, { path, known: undefined });
}

interface KnownFile {
  readonly path: string;
  readonly known: Uint8Array | undefined;
}

/** The same of a file that may still hold `known`: then its bytes are these very ones, and no second ones in memory. */
export function readAgain(
  host: Needs<"read">,
  { path, known }: KnownFile,
): CurrentFile | undefined {
  const stat = host.read.lstat(path);
  refuseSpecial(path, stat);
  return stat === undefined ? undefined : { bytes: readBytes(host, { path, known }), stat };
}

function readBytes(host: Needs<"read">, { path, known }: KnownFile): Uint8Array {
  return known !== undefined && holdsBytes(host, { path, bytes: known }) ? known : host.read.bytes(path);
}

/** Whether the file holds exactly these bytes. */
export function holdsBytes(
  host: Needs<"read">,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): boolean {
  let at = 0;
  for (const piece of host.read.pieces(path)) {
    if (!sameBytes(piece, bytes.subarray(at, at + piece.length))) return false;
    at += piece.length;
  }
  return at === bytes.length;
}

/** What a file holds, links followed; undefined when there is none, RefusedFile for what is no ordinary file. */
export function ordinaryBytes(host: Needs<"read">, path: string): Uint8Array | undefined {
  const stat = host.read.stat(path);
  refuseSpecial(path, stat);
  return stat === undefined ? undefined : host.read.bytes(path);
}

/** Returns whether something may be at a path that was recorded once: what cannot be looked at may. Permission: read. */
export function mayBeThere(host: Needs<"read">, path: string): boolean {
  try {
    return host.read.stat(path) !== undefined;
  } catch (error) {
    if (isFileError(error)) return true;
    throw error;
  }
}
