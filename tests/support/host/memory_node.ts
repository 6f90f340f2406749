import type { FileErrorKind } from "../../../src/host/files/file_error.ts";
import type { FileStat } from "../../../src/host/host.ts";

/** Something on the disk of {@link MemoryFiles}, under any number of names. */
export interface MemoryNode {
  readonly kind: "file" | "directory" | "link" | "pipe";
  readonly ino: number;
  readonly entries: Map<string, MemoryNode>;
  bytes: Uint8Array;
  target: string;
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  mtime: number;
  /** ACL and extended attributes, which only {@link MemoryFiles.copyAttributes} copies. */
  attributes?: string;
  /** The open file that holds the lock. */
  lock?: object;
  /** What every change of a directory's entries fails with. */
  closed?: FileErrorKind;
  /** A mount point: can't be replaced or removed. */
  pinned?: boolean;
}

/** Where a path leads; `node` is undefined when the last name is free. */
export interface Located {
  readonly parent: MemoryNode;
  readonly name: string;
  readonly node: MemoryNode | undefined;
  readonly path: string;
}

export function statOf(node: MemoryNode | undefined): FileStat | undefined {
  if (node === undefined) return undefined;
  const { kind, mode, uid, gid, ino, nlink, mtime } = node;
  const size = kind === "link" ? node.target.length : node.bytes.length;
  const kinds = { isFile: kind === "file", isDirectory: kind === "directory", isSymlink: kind === "link" };
  return { ...kinds, size, mtime, ctime: mtime, mode, uid, gid, ino, dev: 1, nlink };
}

/** The bytes with others written over them from a position on, as long as need be. */
export function overlay(old: Uint8Array, { at, bytes }: { at: number; bytes: Uint8Array }): Uint8Array {
  const result = new Uint8Array(Math.max(old.length, at + bytes.length));
  result.set(old);
  result.set(bytes, at);
  return result;
}
