import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { RefusedFile } from "../explain_file_error.ts";
import { followWay } from "./follow_links.ts";
import { isTrustingAll } from "../trusting_all.ts";
import { basename, directoriesUp, dirname, expandHome, isInside, join } from "../paths.ts";

type LinkHost = Needs<"read" | "env">;

/**
 * Throws RefusedFile where a symbolic link of a repository leads an absolute path out of that repository: its author has
 * chosen the file then, and not the user, unless all that it says is trusted. A directory with an atmos.yaml is one, too;
 * what Git and its like keep of their own counts as outside.
 * Links of HOME are the user's own, also where HOME, or a hidden directory in it, is a repository. Permissions: read, env
 * (HOME).
 */
export function refuseLinkOut(host: LinkHost, path: string): void {
  if (followWay(host, path).links.length === 0) return;
  for (const link of directoriesUp(path).filter((one) => lookAt(host, one)?.isSymlink === true)) {
    const repository = directoriesUp(dirname(link)).find((one) => isRepository(host, one));
    if (repository === undefined || isPersonal(host, repository)) continue;
    const { end } = followWay(host, link);
    const inside = followWay(host, repository).end;
    if (isInside(inside, end) && !end.slice(inside.length).toLowerCase().split("/").some(isKept)) continue;
    if (isTrustingAll(host)) return;
    const found = `the symbolic link ${link} leads out of its repository`;
    throw new RefusedFile({ kind: "denied", path, found, hint: `If that is meant, name the file itself: ${end}` });
  }
}

/** What programs keep in a repository of their own, which may be what they start. */
const KEPT: readonly string[] = [".git", ".hg", ".jj", ".svn", ".bzr", ".pijul", "_darcs", "cvs"];
/** What makes a directory one that others may have written, be it unpacked from an archive. */
const MARKS: readonly string[] = [...KEPT, "CVS", "atmos.yaml", ".atmos.yaml", "atmos.yml", ".atmos.yml"];

function isKept(name: string): boolean {
  return KEPT.includes(name);
}

function isRepository(host: LinkHost, directory: string): boolean {
  return MARKS.some((name) => lookAt(host, join(directory, name)) !== undefined);
}

/** What cannot be looked at can be no way to a file either. */
function lookAt(host: LinkHost, path: string): FileStat | undefined {
  return unlessFileError(() => host.read.lstat(path));
}

/** HOME, what holds it, and what is hidden right there, such as a ~/.config under version control. */
function isPersonal(host: LinkHost, directory: string): boolean {
  const home = expandHome(host, "~");
  if (home === undefined) return false;
  const [repository, own] = [followWay(host, directory).end, followWay(host, home).end];
  return isInside(repository, own) || (dirname(repository) === own && basename(repository).startsWith("."));
}
