import { changeMode, changeOwner } from "./by_descriptor.ts";
import { CURRENT_DIRECTORY, FileError, isFileError } from "./file_error.ts";
import { toFileError } from "./to_file_error.ts";
import type { FileStat, HeldFile, OpenFile, OpenOptions, Reader, Writer } from "../host.ts";

const WINDOWS = Deno.build.os === "windows";
const BUFFER_OF_PIPE = 65_536;
const PIECE = 262_144;
/** No file that this program reads as a whole has more; reading is not interrupted by a signal. */
const MOST_BYTES = 256 * 1024 * 1024;
const SET_MODE = "set the mode of";
const SET_OWNER = "set the owner of";

/** The file system, read only. Permission "read". */
export const reader: Reader = {
  bytes: (path) => attempt("read", path, () => readWhole(path)),
  pieces: getPieces,
  hold: (path) => attempt("open", path, () => holdFile(Deno.openSync(path), path)),
  stat: (path) => ifThere(() => attempt("stat", path, () => toFileStat(Deno.statSync(path)))),
  lstat: (path) => ifThere(() => attempt("stat", path, () => toFileStat(Deno.lstatSync(path)))),
  realPath: (path) => attempt("resolve", path, () => Deno.realPathSync(path)),
  readLink: (path) => attempt("read link", path, () => Deno.readLinkSync(path)),
  list: (path) => attempt("list", path, () => [...Deno.readDirSync(path)].map((entry) => entry.name).sort()),
  cwd: () => attempt("find", CURRENT_DIRECTORY, () => Deno.cwd()),
};

/** The file system, for changing it. Permission "write" ("read" too for the stat of an open file). */
export const writer: Writer = {
  open: (path, options) => attempt("open", path, () => openFile(Deno.openSync(path, toOpenFlags(options)), path)),
  mkdir: (path, mode) => attempt("create directory", path, () => Deno.mkdirSync(path, { recursive: true, mode })),
  rename: (from, to) => attempt("rename to", to, () => Deno.renameSync(from, to)),
  link: (from, to) => attempt("link", to, () => Deno.linkSync(from, to)),
  remove: (path) => attempt("remove", path, () => Deno.removeSync(path)),
  chmod: (path, { mode, found }) =>
    attempt(SET_MODE, path, () => changeMode({ path, found, operation: SET_MODE }, mode)),
  syncDirectory(path) {
    if (!WINDOWS) attempt("flush", path, () => syncDirectory(path));
  },
};

function openFile(file: Deno.FsFile, path: string): OpenFile {
  return {
    write: (bytes) => attempt("write", path, () => writeAll(file, bytes)),
    rewind: () => void attempt("rewind", path, () => file.seekSync(0, Deno.SeekMode.Start)),
    truncate: (length = 0) => attempt("truncate", path, () => file.truncateSync(length)),
    sync: () => attempt("flush", path, () => file.syncSync()),
    tryLock: () => attempt("lock", path, () => file.tryLockSync(true)),
    unlock: () => attempt("unlock", path, () => file.unlockSync()),
    stat: () => attempt("stat", path, () => toFileStat(file.statSync())),
    chmod: (mode) =>
      attempt(SET_MODE, path, () => {
        const found = file.statSync();
        if (toFileStat(found).mode !== mode) changeMode({ path, found, operation: SET_MODE }, mode);
      }),
    chown: (uid, gid) =>
      attempt(SET_OWNER, path, () => {
        changeOwner({ path, found: file.statSync(), operation: SET_OWNER }, { uid, gid });
      }),
    close: () => attempt("close", path, () => file.close()),
  };
}

function holdFile(file: Deno.FsFile, path: string): HeldFile {
  return {
    stat: () => attempt("stat", path, () => toFileStat(file.statSync())),
    bytes: () =>
      attempt("read", path, () => {
        file.seekSync(0, Deno.SeekMode.Start);
        return readOpen(file, path);
      }),
    close: () => attempt("close", path, () => file.close()),
  };
}

/** Eight times as quick as Deno.readFileSync, which does not ask how big a file is. */
function readWhole(path: string): Uint8Array {
  using file = Deno.openSync(path);
  return readOpen(file, path);
}

function readOpen(file: Deno.FsFile, path: string): Uint8Array {
  const { size } = file.statSync();
  if (size > MOST_BYTES) throw new FileError("too-large", path, "read");
  // One byte more than there is tells that the end was reached; pipes and /proc give no size at all.
  let bytes = new Uint8Array(size > 0 ? size + 1 : BUFFER_OF_PIPE);
  for (let at = 0;;) {
    const read = file.readSync(bytes.subarray(at));
    if (read === null) return bytes.subarray(0, at);
    at += read;
    if (at > MOST_BYTES) throw new FileError("too-large", path, "read");
    if (at === bytes.length) {
      const longer = new Uint8Array(2 * at);
      longer.set(bytes);
      bytes = longer;
    }
  }
}

function* getPieces(path: string): Iterable<Uint8Array> {
  using file = attempt("read", path, () => Deno.openSync(path));
  const piece = new Uint8Array(PIECE);
  for (;;) {
    const read = attempt("read", path, () => file.readSync(piece));
    if (read === null) return;
    yield piece.subarray(0, read);
  }
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
}

function toOpenFlags({ how, mode, appends }: OpenOptions): Deno.OpenOptions {
  const writing = { write: true, append: appends === true };
  if (how === "existing") return writing;
  return how === "new" ? { ...writing, createNew: true, mode } : { ...writing, create: true, mode };
}

function syncDirectory(path: string): void {
  try {
    using directory = Deno.openSync(path);
    directory.syncSync();
  } catch (error) {
    if (!cannotSync(error)) throw error;
  }
}

/** Some file systems have no flush for directories (EINVAL), and one that may not be read cannot be opened for it. */
function cannotSync(error: unknown): boolean {
  if (error instanceof Error && "code" in error && error.code === "EINVAL") return true;
  return isFileError(toFileError({ operation: "flush", path: "", error }), "unsupported", "denied", "not-allowed");
}

function toFileStat(info: Deno.FileInfo): FileStat {
  return {
    isFile: info.isFile,
    isDirectory: info.isDirectory,
    isSymlink: info.isSymlink,
    size: info.size,
    mtime: info.mtime?.getTime() ?? 0,
    ctime: info.ctime?.getTime() ?? 0,
    mode: WINDOWS ? 0 : (info.mode ?? 0) & 0o777,
    uid: info.uid ?? -1,
    gid: info.gid ?? -1,
    ino: info.ino ?? 0,
    dev: info.dev,
    nlink: info.nlink ?? 1,
  };
}

function attempt<T>(operation: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw toFileError({ operation, path, error });
  }
}

function ifThere(look: () => FileStat): FileStat | undefined {
  try {
    return look();
  } catch (error) {
    if (isFileError(error, "not-found")) return undefined;
    throw error;
  }
}
