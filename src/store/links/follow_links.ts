import { FileError, unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, isAbsolute, join, splitRoot } from "../paths.ts";

/** As many as Linux follows. */
const MOST_LINKS = 40;

export interface Link {
  readonly path: string;
  /** Who made it. */
  readonly uid: number;
}

export interface Way {
  /** Where it leads: a path without links. */
  readonly end: string;
  readonly links: readonly Link[];
}

/** Most paths have no links, which two looks tell. */
export function followWay(host: Needs<"read">, path: string): Way {
  return hasLink(host, path) ? walkWay(host, path) : { end: path, links: [] };
}

function hasLink(host: Needs<"read">, path: string): boolean {
  const [found, directory] = [host.read.lstat(path), dirname(path)];
  if (found === undefined) return directory !== path && hasLink(host, directory);
  // What the system or the runtime does not resolve, such as /dev, is walked name by name.
  return found.isSymlink || unlessFileError(() => host.read.realPath(directory)) !== directory;
}

/** Name by name: `..` after a directory that is itself a link means the parent of where that leads. */
function walkWay(host: Needs<"read">, path: string): Way {
  const links: Link[] = [];
  let { root: at, rest } = splitRoot(path);
  while (rest !== "") {
    const [name = "", ...more] = rest.split("/");
    rest = more.join("/");
    const next = join(at, name);
    // Nothing below it can be used where it cannot even be looked at, but for devices.
    const found = unlessFileError(() => host.read.lstat(next));
    if (found?.isSymlink !== true) {
      at = next;
      continue;
    }
    if (links.push({ path: next, uid: found.uid }) > MOST_LINKS) throw new FileError("loop", path, "resolve");
    const link = host.read.readLink(next);
    const to = splitRoot(isAbsolute(link) ? link : `${at}/${link}`);
    [at, rest] = [to.root, `${to.rest}/${rest}`];
  }
  return { end: at, links };
}
