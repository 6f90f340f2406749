import type { FileStat } from "../host/host.ts";

/** Whether both describe one file on the disk, under whichever names. */
export function sameFile(one: FileStat, other: FileStat | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Whether both are the same bytes. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || (one.length === other.length && commonPrefix(one, other) === one.length);
}

/** How many bytes both begin with. Plain loops: kubeconfigs of ten megabytes exist. */
export function commonPrefix(one: Uint8Array, other: Uint8Array): number {
  const end = Math.min(one.length, other.length);
  let at = commonWords(one, other) * Uint32Array.BYTES_PER_ELEMENT;
  while (at < end && one[at] === other[at]) at++;
  return at;
}

/** How many words of four bytes both begin with: four times as quick as byte by byte. 0 where they are no whole words. */
function commonWords(one: Uint8Array, other: Uint8Array): number {
  const size = Uint32Array.BYTES_PER_ELEMENT;
  if ((one.byteOffset | other.byteOffset) % size !== 0) return 0;
  const end = Math.floor(Math.min(one.length, other.length) / size);
  const [words, others] = [one, other].map(({ buffer, byteOffset }) => new Uint32Array(buffer, byteOffset, end));
  let at = 0;
  while (at < end && words![at] === others![at]) at++;
  return at;
}
