import { AppError } from "../../errors.ts";
import { isFileError, unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { directoriesUp, join } from "../../store/paths.ts";

/** What configuration is called, where it is looked for. */
export const CONFIG_NAMES = ["atmos.yaml", ".atmos.yaml", "atmos.yml", ".atmos.yml"];

export function isFileThere(host: Needs<"read">, path: string): boolean {
  const found = statAt(host, path);
  return found !== undefined && !found.isDirectory;
}

/** Whether the path leads to a regular file: no device, no pipe. */
export function isRegularFile(host: Needs<"read">, path: string): boolean {
  return statAt(host, path)?.isFile === true;
}

export function isDirectoryThere(host: Needs<"read">, path: string): boolean {
  return statAt(host, path)?.isDirectory === true;
}

/**
 * Whether a file of a configuration's name is there. AppError "config-invalid" when something else has that name: a
 * directory, or a link that leads to nothing; and when the disk fails, since without it another configuration would count.
 */
export function isConfigThere(host: Needs<"read">, path: string): boolean {
  const found = lookForConfig(path, () => host.read.stat(path));
  if (found !== undefined && !found.isDirectory) return true;
  const isDirectory = found !== undefined;
  if (!isDirectory && lookForConfig(path, () => host.read.lstat(path))?.isSymlink !== true) return false;
  throw unreadable(path, isDirectory ? "it is a directory" : "it is a link to something that cannot be read");
}

/** A place that is closed to us has no configuration of ours; that the disk fails says nothing of what is there. */
function lookForConfig(path: string, stat: () => FileStat | undefined): FileStat | undefined {
  try {
    return stat();
  } catch (error) {
    if (isFileError(error, "other", "busy", "no-space", "too-large")) {
      throw unreadable(path, explainFileError(error, path));
    }
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function unreadable(path: string, found: string): AppError {
  const place = { file: path, line: 1, column: 1 };
  return new AppError("config-invalid", `Cannot read configuration "${path}": ${found}`, { place });
}

/** Whether a directory is there, and whether it is behind a link. */
export function findDirectory(host: Needs<"read">, path: string): "real" | "linked" | undefined {
  const found = unlessFileError(() => host.read.lstat(path));
  if (found?.isDirectory === true) return "real";
  return found?.isSymlink === true && isDirectoryThere(host, path) ? "linked" : undefined;
}

/** Returns the path with links resolved; as it is where that cannot be looked at. Permission: read. */
export function resolveLinks(host: Needs<"read">, path: string): string {
  try {
    return host.read.realPath(path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}

/**
 * The directory that holds the working tree's `.git` (a file in worktrees and submodules), from `from` upwards. What Git
 * takes for none is none, and neither is one that another user may have put into a directory that is open to others.
 */
export function gitRoot(host: Needs<"read">, from: string): string | undefined {
  return directoriesUp(from).find((directory) => holdsRepository(host, directory));
}

const LONGEST_GITDIR = 8_192;

function holdsRepository(host: Needs<"read">, directory: string): boolean {
  const place = join(directory, ".git");
  const found = statAt(host, place);
  if (found === undefined || isPlanted(found, statAt(host, directory))) return false;
  if (found.isDirectory) return statAt(host, join(place, "HEAD")) !== undefined;
  return found.isFile && found.size <= LONGEST_GITDIR && startsAsGitdir(host, place);
}

const OTHERS_MAY_WRITE = 0o022;

/** Root's own is none, such as that of a container's mount. */
function isPlanted(found: FileStat, directory: FileStat | undefined): boolean {
  const isOpen = directory === undefined || (directory.mode & OTHERS_MAY_WRITE) !== 0;
  return isOpen && found.uid !== 0 && found.uid !== directory?.uid;
}

/** One that is closed to us may be one. */
function startsAsGitdir(host: Needs<"read">, place: string): boolean {
  const bytes = unlessFileError(() => host.read.bytes(place));
  return bytes === undefined || new TextDecoder().decode(bytes).startsWith("gitdir: ");
}

/** Looking for something must not fail because one of the places is closed to us: then it does not exist. */
function statAt(host: Needs<"read">, path: string): FileStat | undefined {
  return unlessFileError(() => host.read.stat(path));
}

/** Hosts that go-getter takes for a repository without a scheme. */
const SHORT_HOST = /^(?:github\.com|gitlab\.com|bitbucket\.org)\//i;
const SCHEME = /^[a-z][a-z0-9+.-]+:(?:\/\/|:)/i;
const SSH = /^[\w.-]+@[\w.-]+:/;

/** Whether a path is one that go-getter would fetch: `https://…`, `git::…`, `s3::…`, `oci://…`, `github.com/…`. */
export function isRemote(path: string): boolean {
  return SHORT_HOST.test(path) || SCHEME.test(path) || SSH.test(path);
}

const HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?\//i;

/**
 * Whether a path that leads to no file may be the address of something remote, without a scheme:
 * `git.example.com/config//stacks/x`, `acme/_git/config`.
 */
export function mayBeRemote(path: string): boolean {
  return !/^\.{0,2}\//.test(path) && (HOST.test(path) || path.includes("//") || /\.git(?:\/|\?|$)|\/_git\//.test(path));
}
