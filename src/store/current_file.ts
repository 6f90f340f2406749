import type { FileStat, Needs } from "../host/host.ts";
import { refuseSpecial } from "./resolve_target.ts";

/** A file as it is on the disk now. */
export interface CurrentFile {
  readonly bytes: Uint8Array;
  readonly stat: FileStat;
}

/** undefined when nothing is there; RefusedFile when it is no ordinary file (opening a pipe would wait for ever). */
export function readCurrent(host: Needs<"read">, path: string): CurrentFile | undefined {
  const stat = host.read.lstat(path);
  refuseSpecial(path, stat);
  return stat === undefined ? undefined : { bytes: host.read.bytes(path), stat };
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && commonPrefix(one, other) === one.length;
}

/** How many bytes both begin with. A plain loop: kubeconfigs of ten megabytes exist. */
export function commonPrefix(one: Uint8Array, other: Uint8Array): number {
  const end = Math.min(one.length, other.length);
  let at = 0;
  while (at < end && one[at] === other[at]) at++;
  return at;
}
