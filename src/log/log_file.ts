import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs, OpenFile } from "../host/host.ts";
import { RefusedFile } from "../store/explain_file_error.ts";
import { refuseLinkOut } from "../store/links/link_out.ts";
import { expandHome, resolve } from "../store/paths.ts";

/** Only its owner reads it: it names accounts, clusters and files. */
const PRIVATE = 0o600;

type LogFileHost = Needs<"read" | "write" | "env" | "sys">;

/**
 * Returns the file that a log goes on in, made when it does not exist, of mode 0600. A link, a file of another user, one
 * with a second name and one that others may read is refused: the log would go, or be seen, where the user does not
 * think it is. Permissions: read, write.
 * @throws {AppError} usage
 */
export function openLogFile(host: LogFileHost, written: string): OpenFile {
  const path = resolve(host.read.cwd(), expandHome(host, written) ?? written);
  const opened = tryOpen(host, path);
  if (typeof opened !== "string") return opened;
  throw new AppError("usage", `Cannot write log file "${path}": ${opened}`, {
    hint: "Use another file, or remove this one",
  });
}

/** The file, or why it cannot be written. */
function tryOpen(host: LogFileHost, path: string): OpenFile | string {
  try {
    const there = host.read.lstat(path);
    refuseLinkOut(host, path);
    if (there === undefined) return host.write.open(path, { how: "new", mode: PRIVATE, appends: true });
    const fault = findFault(host, there);
    if (fault !== undefined) return fault;
    const file = host.write.open(path, { how: "existing", mode: PRIVATE, appends: true });
    if (isSame(there, file.stat())) return file;
    file.close();
    return "something else was put in its place just now";
  } catch (error) {
    if (error instanceof RefusedFile) return error.found;
    if (!isFileError(error)) throw error;
    return error.kind === "not-found" ? "its directory does not exist" : error.kind.replaceAll("-", " ");
  }
}

/** On Windows a file has neither an owner nor a mode that say anything. */
function findFault({ sys }: LogFileHost, found: FileStat): string | undefined {
  if (found.isSymlink) return "it is a symbolic link";
  if (!found.isFile) return "it is not a regular file";
  if (sys.os === "windows") return undefined;
  if (found.uid !== sys.uid()) return "it belongs to another user";
  if (found.nlink > 1) return "it has a second name (hard link)";
  if ((found.mode & 0o077) !== 0) return `other users may use it (mode ${found.mode.toString(8).padStart(4, "0")})`;
  return undefined;
}

function isSame(one: FileStat, other: FileStat): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
