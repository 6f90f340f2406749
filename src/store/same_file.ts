import type { FileStat } from "../host/host.ts";

/** Whether both describe one file on the disk, under whichever names. */
export function sameFile(one: FileStat, other: FileStat | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.dev === other.dev;
}
