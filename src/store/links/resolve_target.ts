import { isFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { nameShellCommand, type Remedy, remedy } from "../../remedy.ts";
import { basename, dirname, join, resolve } from "../paths.ts";
import { followWay, type Link, type Way } from "./follow_links.ts";
import { refuseLinkOut } from "./link_out.ts";
import { RefusedFile } from "../explain_file_error.ts";

const MEBIBYTE = 2 ** 20;
/** Far more than any file that is edited here has, and far less than the longest text of the runtime. */
const MOST_MEBIBYTES = 128;

type TargetHost = Needs<"read" | "sys">;

/**
 * The file that a path means, through symbolic links, whose target (and the target's directory) need not be there yet.
 * Throws RefusedFile for what is not a regular file, for another owner's file behind a link and for another user's link on
 * the way, FileError "loop" for links in a circle. Permissions: read, sys (uid).
 */
export function resolveTarget(host: TargetHost, path: string): string {
  const way = followWay(host, resolve(host.read.cwd(), path));
  refuseSpecial(way.end, host.read.lstat(way.end));
  const target = join(realDirectory(host, dirname(way.end)), basename(way.end));
  const found = host.read.lstat(target);
  refuseSpecial(target, found);
  refuseForeign(host, { path, target, links: way.links, found });
  return target;
}

/** Throws RefusedFile where another user's link leads to a directory, as {@link resolveTarget} does for a file's. */
export function refuseForeignWay(host: TargetHost, directory: string): void {
  const { end: target, links } = followWay(host, resolve(host.read.cwd(), directory));
  if (links.length === 0 || host.sys.uid() === -1) return;
  const foreign = findForeign(host, { target, links, found: host.read.lstat(target) });
  if (foreign !== undefined) throw foreignLink({ path: directory, target, link: foreign });
}

/**
 * The same of a file that is to be written, which makes no directories where links lead. Throws RefusedFile, too, for a
 * link whose target has no directory: the link may be wrong, or its file system not mounted yet; and as
 * {@link refuseLinkOut} does. Permissions: read, sys (uid), env (HOME).
 */
export function resolveWriteTarget(host: TargetHost & Needs<"env">, path: string): string {
  const target = resolveTarget(host, path);
  refuseLinkOut(host, resolve(host.read.cwd(), path));
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

/** The directory without links; the part that does not exist yet stays as it is. */
function realDirectory(host: TargetHost, directory: string): string {
  try {
    return host.read.realPath(directory);
  } catch (error) {
    if (!isFileError(error, "not-found") || dirname(directory) === directory) throw error;
    return join(realDirectory(host, dirname(directory)), basename(directory));
  }
}

interface Linked extends Pick<Way, "links"> {
  readonly target: string;
  readonly found: FileStat | undefined;
}

/**
 * Whoever can make a link must not choose which of *our* files gets written, nor may we write another user's file
 * because a link led there. So a link on the way counts when we or root made it, and one of the file itself when its
 * target is ours, too; root, who may write everything, follows root's links anywhere and a user's links to what belongs to
 * that user.
 */
function refuseForeign(host: TargetHost, { path, ...linked }: Linked & { readonly path: string }): void {
  const me = host.sys.uid();
  const { target, links, found } = linked;
  if (me === -1 || links.length === 0) return;
  const isLink = host.read.lstat(path)?.isSymlink === true;
  const foreign = findForeign(host, linked);
  if (foreign !== undefined && !isLink) throw foreignLink({ path, target, link: foreign });
  if (foreign === undefined && (me === 0 || !isLink || (found?.uid ?? me) === me)) return;
  throw new RefusedFile({
    kind: "denied",
    path,
    found: `it is a symbolic link to ${target}, and the link or that file belongs to another user`,
    hint: `If that file is meant, name it instead of the link: ${target}`,
  });
}

/** The first link on the way that does not count. */
function findForeign(host: TargetHost, { target, links, found }: Linked): Link | undefined {
  const me = host.sys.uid();
  const trusted = [0, me === 0 ? found?.uid ?? futureOwner(host, target) : me];
  return links.find(({ uid }) => !trusted.includes(uid));
}

function foreignLink(
  { path, target, link }: { readonly path: string; readonly target: string; readonly link: Link },
): RefusedFile {
  const found = `another user (uid ${link.uid}) made the symbolic link ${link.path}, through which it is ${target}`;
  return new RefusedFile({ kind: "denied", path, found, hint: `If that is meant, name it: ${target}` });
}

/** A file that does not exist yet counts, for root, as belonging to the owner of the directory. */
function futureOwner(host: TargetHost, target: string): number {
  for (let directory = dirname(target);; directory = dirname(directory)) {
    const found = host.read.stat(directory);
    if (found !== undefined) return found.uid;
  }
}
