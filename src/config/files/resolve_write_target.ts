import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { dirname, isAbsolute, join } from "../../store/paths.ts";

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Where a write to the absolute path would end up: through all links, as the system follows them, also where nothing
 * is there yet. undefined for links without end. Permission: read.
 */
export function realTarget(host: Needs<"read">, path: string): string | undefined {
  let links = 0;
  let { at, rest } = cut(path);
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === "..") at = dirname(at);
    if (["", ".", ".."].includes(name)) continue;
    const next = join(at, name);
    if (!lookAt(host, next)?.isSymlink) {
      at = next;
      continue;
    }
    if (++links > MOST_LINKS) return undefined;
    const target = host.read.readLink(next);
    const more = isAbsolute(target) ? cut(target) : { at, rest: target.split("/") };
    [at, rest] = [more.at, [...more.rest, ...rest]];
  }
  return at;
}

interface Way {
  /** The root. */
  readonly at: string;
  rest: string[];
}

function cut(path: string): Way {
  const drive = path.startsWith("/") ? "" : path.slice(0, 2);
  return { at: `${drive}/`, rest: path.slice(drive.length).split("/") };
}

/** Below what is closed to us, or no directory, nothing can be written either. */
function lookAt(host: Needs<"read">, path: string): FileStat | undefined {
  return unlessFileError(() => host.read.lstat(path));
}
