import type { FileStat, Needs } from "../host/host.ts";
import { refuseSpecial } from "./resolve_target.ts";

/** A file as it is on the disk now. */
export interface CurrentFile {
  readonly bytes: Uint8Array;
  readonly stat: FileStat;
}

/** undefined when nothing is there; RefusedFile when it is no ordinary file (opening a pipe would wait for ever). */
export function readCurrent(host: Needs<"read">, path: string): CurrentFile | undefined {
  return readAgain(host, { path, known: undefined });
}

/** The same of a file that may still hold `known`: then its bytes are these very ones, and no second ones in memory. */
export function readAgain(
  host: Needs<"read">,
  { path, known }: { readonly path: string; readonly known: Uint8Array | undefined },
): CurrentFile | undefined {
  const stat = host.read.lstat(path);
  refuseSpecial(path, stat);
  return stat === undefined ? undefined : { bytes: host.read.bytes(path, known), stat };
}
