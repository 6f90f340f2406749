import { FileError, isFileError } from "../host/files/file_error.ts";
import type { FileStat, Needs } from "../host/host.ts";
import { nameShellCommand, type Remedy, remedy } from "../remedy.ts";
import { basename, dirname, isAbsolute, join, resolve } from "./paths.ts";
import { RefusedFile } from "./explain_file_error.ts";

/** As many as Linux follows. */
const MOST_LINKS = 40;
const MEBIBYTE = 2 ** 20;
/** Far more than any file that is edited here has, and far less than the longest text of the runtime. */
const MOST_MEBIBYTES = 128;

type TargetHost = Needs<"read" | "sys">;

/**
 * The file that a path means, through symbolic links, whose target (and the target's directory) need not be there yet.
 * Throws RefusedFile for what is not a regular file and for another owner's file behind a link, FileError "loop" for
 * links in a circle. Permissions: read, sys (uid).
 */
export function resolveTarget(host: TargetHost, path: string): string {
  const { end, owners } = followLinks(host, resolve(host.read.cwd(), path));
  refuseSpecial(end, host.read.lstat(end));
  const { directory, name } = cut(end);
  const target = join(realDirectory(host, directory), name);
  const found = host.read.lstat(target);
  refuseSpecial(target, found);
  if (owners.length > 0) refuseForeign(host, { path, target, owners, found });
  return target;
}

/**
 * The same of a file that is to be written, which makes no directories where links lead. Throws RefusedFile, too, for a
 * link whose target has no directory: the link may be wrong, or its file system not mounted yet.
 */
export function resolveWriteTarget(host: TargetHost, path: string): string {
  const target = resolveTarget(host, path);
  if (host.read.stat(dirname(target)) !== undefined) return target;
  const given = resolve(host.read.cwd(), path);
  const link = findDanglingLink(host, given);
  if (link === undefined) return target;
  if (link !== given) throw danglingDirectory({ path, link, target: resolveTarget(host, link) });
  const found = `it is a symbolic link to ${target}, and the directory ${dirname(target)} does not exist`;
  throw new RefusedFile({ kind: "not-found", path, found, hint: createDirectory(dirname(target)) });
}

/** The path itself or the nearest directory above it that is a link to nothing. */
function findDanglingLink(host: TargetHost, path: string): string | undefined {
  let at = path;
  while (host.read.lstat(at) === undefined && dirname(at) !== at) at = dirname(at);
  return host.read.lstat(at)?.isSymlink && host.read.stat(at) === undefined ? at : undefined;
}

function danglingDirectory(
  { path, link, target }: { readonly path: string; readonly link: string; readonly target: string },
): RefusedFile {
  const found = `its directory ${link} is a symbolic link to ${target}, which does not exist`;
  return new RefusedFile({ kind: "not-found", path, found, hint: createDirectory(target) });
}

function createDirectory(path: string): Remedy {
  return remedy`Create that directory: ${nameShellCommand("mkdir", "-p", path)}`;
}

/** Throws RefusedFile unless the path is free or a regular file of a size that is read as a whole. */
export function refuseSpecial(path: string, found: FileStat | undefined): void {
  if (found?.isFile) return refuseLarge(path, found);
  if (found === undefined) return;
  if (found.isDirectory) throw new RefusedFile({ kind: "is-a-directory", path, found: "it is a directory" });
  const what = found.isSymlink ? "it became a symbolic link just now" : "it is a pipe, a socket or a device";
  throw new RefusedFile({ kind: "unsupported", path, found: `${what}, not a regular file` });
}

/** What others than the owner may write with. */
const OTHERS_WRITE = 0o022;

/**
 * Throws RefusedFile for a file that another user owns or may write to: what it says may be that user's, whose
 * credentials and programs would then be taken for one's own. Root's files count as one's own. Permission: sys (uid).
 */
export function refuseShared(
  host: Needs<"sys">,
  { path, found }: { readonly path: string; readonly found: FileStat },
): void {
  const me = host.sys.uid();
  if (me === -1) return;
  if (found.uid !== me && found.uid !== 0) {
    const owner = `it belongs to another user (uid ${found.uid})`;
    throw new RefusedFile({
      kind: "denied",
      path,
      found: owner,
      hint: remedy`Check it, then: ${nameShellCommand("rm", path)}`,
    });
  }
  if ((found.mode & OTHERS_WRITE) === 0) return;
  const writable = `other users may write to it (mode ${found.mode.toString(8).padStart(4, "0")})`;
  throw new RefusedFile({
    kind: "denied",
    path,
    found: writable,
    hint: remedy`Check it, then: ${nameShellCommand("chmod", "600", path)}`,
  });
}

function refuseLarge(path: string, { size }: FileStat): void {
  if (size <= MOST_MEBIBYTES * MEBIBYTE) return;
  const found = `it has ${Math.ceil(size / MEBIBYTE)} MiB, and the limit is ${MOST_MEBIBYTES} MiB`;
  throw new RefusedFile({ kind: "unsupported", path, found });
}

function followLinks(host: TargetHost, path: string): { end: string; owners: number[] } {
  const owners: number[] = [];
  let end = path;
  for (let found = host.read.lstat(end); found?.isSymlink; found = host.read.lstat(end)) {
    if (owners.push(found.uid) > MOST_LINKS) throw new FileError("loop", path, "resolve");
    const link = host.read.readLink(end);
    end = isAbsolute(link) ? link : `${cut(end).directory}/${link}`;
  }
  return { end, owners };
}

/** Not normalized: `..` after a directory that is itself a link is for the system to resolve. */
function cut(path: string): { directory: string; name: string } {
  const trimmed = path.replace(/\/+$/, "");
  const at = trimmed.lastIndexOf("/");
  return { directory: trimmed.slice(0, at) || "/", name: trimmed.slice(at + 1) };
}

/** The directory without links; the part that does not exist yet stays as it is. */
function realDirectory(host: TargetHost, directory: string): string {
  try {
    return host.read.realPath(directory);
  } catch (error) {
    if (!isFileError(error, "not-found") || dirname(directory) === directory) throw error;
    return join(realDirectory(host, dirname(directory)), basename(directory));
  }
}

interface Linked {
  readonly path: string;
  readonly target: string;
  /** User ids of the links on the way. */
  readonly owners: readonly number[];
  readonly found: FileStat | undefined;
}

/**
 * Whoever can make a link must not choose which of *our* files gets written, nor may we write another user's file
 * because a link led there. So a link counts when we or root made it and its target is ours; root, who may write
 * everything, follows root's links anywhere and a user's links to what belongs to that user.
 */
function refuseForeign(host: TargetHost, linked: Linked): void {
  const me = host.sys.uid();
  if (me === -1) return;
  const owner = linked.found?.uid ?? futureOwner(host, { target: linked.target, me });
  const trusted = me === 0 ? [0, owner] : [0, me];
  if (linked.owners.every((maker) => trusted.includes(maker)) && (me === 0 || owner === me)) return;
  throw new RefusedFile({
    kind: "denied",
    path: linked.path,
    found: `it is a symbolic link to ${linked.target}, and the link or that file belongs to another user`,
    hint: `If that file is meant, name it instead of the link: ${linked.target}`,
  });
}

/** A file that does not exist yet will be ours; root's counts as belonging to the owner of the directory. */
function futureOwner(host: TargetHost, { target, me }: { target: string; me: number }): number {
  if (me !== 0) return me;
  for (let directory = dirname(target);; directory = dirname(directory)) {
    const found = host.read.stat(directory);
    if (found !== undefined) return found.uid;
  }
}
