import type Fs from "node:fs";
import { FileError } from "./file_error.ts";

const WINDOWS = Deno.build.os === "windows";

const SWAPPED = "something else was put in its place meanwhile";

/** A file to change, and what it was when it was found or made. */
interface ChangeInput {
  readonly path: string;
  readonly found: Deno.FileInfo | { readonly ino: number; readonly dev: number };
  readonly operation: string;
}

/** Sets the permission bits of exactly the file that was found, whatever its name leads to by now. */
export function changeMode(input: ChangeInput, mode: number): void {
  if (WINDOWS) return Deno.chmodSync(input.path, mode);
  byDescriptor(input, (fs, descriptor) => fs.fchmodSync(descriptor, mode));
}

/** Gives exactly the file that was found to another owner, whatever its name leads to by now. */
export function changeOwner(input: ChangeInput, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  if (WINDOWS) return Deno.chownSync(input.path, uid, gid);
  byDescriptor(input, (fs, descriptor) => fs.fchownSync(descriptor, uid, gid));
}

/**
 * The runtime's own files cannot change their owner and mode, so the file is opened again. Another user who may write in
 * its directory could have put a link in its place: FileError unless it is the same one. Loading Node's module takes
 * 17 ms; few files need it.
 */
function byDescriptor({ path, found, operation }: ChangeInput, act: (fs: typeof Fs, descriptor: number) => void): void {
  const fs = globalThis.process.getBuiltinModule("node:fs");
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    const { ino, dev } = fs.fstatSync(descriptor);
    if (ino !== found.ino || dev !== found.dev) {
      throw new FileError("other", path, operation, { cause: new Error(SWAPPED) });
    }
    act(fs, descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
