import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { RefusedFile } from "../explain_file_error.ts";
import { followWay } from "./follow_links.ts";
import { isTrustingAll } from "../trusting_all.ts";
import {
  basename,
  cacheHome,
  configHome,
  dataHome,
  directoriesUp,
  dirname,
  expandHome,
  isInside,
  join,
  stateHome,
} from "../paths.ts";

type LinkHost = Needs<"read" | "env">;

/**
 * Throws RefusedFile where a symbolic link of a repository leads an absolute path out of that repository: its author has
 * chosen the file then, and not the user, unless all that it says is trusted. What Git and its like keep of their own
 * counts as outside. Links of HOME and of where programs keep their files there are the user's own, also where HOME, or a
 * hidden directory in it, is a repository. Permissions: read, env (HOME, XDG).
 */
export function refuseLinkOut(host: LinkHost, path: string): void {
  if (followWay(host, path).links.length === 0) return;
  for (const link of directoriesUp(path).filter((one) => lookAt(host, one)?.isSymlink === true)) {
    const repository = findRepository(host, link);
    if (repository === undefined || isPersonal(host, { repository, link })) continue;
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
const MARKS: readonly string[] = [...KEPT, "CVS"];
/** What makes a directory one that others may have written, be it unpacked from an archive. */
const CONFIGURATIONS: readonly string[] = ["atmos.yaml", ".atmos.yaml", "atmos.yml", ".atmos.yml"];

function isKept(name: string): boolean {
  return KEPT.includes(name);
}

/** The nearest working tree that a link is in; where none says that it is one, the outermost directory with a configuration. */
function findRepository(host: LinkHost, link: string): string | undefined {
  const above = directoriesUp(dirname(link));
  const has = (names: readonly string[]) => (directory: string) =>
    names.map((name) => join(directory, name)).some((path) => path !== link && lookAt(host, path) !== undefined);
  return above.find(has(MARKS)) ?? above.findLast(has(CONFIGURATIONS));
}

/** What cannot be looked at can be no way to a file either. */
function lookAt(host: LinkHost, path: string): FileStat | undefined {
  return unlessFileError(() => host.read.lstat(path));
}

/** HOME, what holds it, what is hidden right there, such as a ~/.config under version control, and atmos's own files. */
function isPersonal(
  host: LinkHost,
  { repository: directory, link }: { readonly repository: string; readonly link: string },
): boolean {
  const kept = [configHome(host), cacheHome(host), dataHome(host), stateHome(host)];
  if (kept.some((one) => one !== undefined && isInside(join(one, "atmos"), link))) return true;
  const home = expandHome(host, "~");
  if (home === undefined) return false;
  const [repository, own] = [followWay(host, directory).end, followWay(host, home).end];
  return isInside(repository, own) || (dirname(repository) === own && basename(repository).startsWith("."));
}
