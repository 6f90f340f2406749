import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { isAbsolute, join, resolve } from "../../store/paths.ts";
import { isFileThere, isRealDirectory } from "./file_checks.ts";
import { expandBraces, fitsWildcard, hasWildcard, isAllBelow } from "./wildcard.ts";

/** Directory entries looked at for one pattern; more means that the pattern is a mistake. */
const MOST_ENTRIES = 20_000;

export interface GlobInput {
  /** Where relative patterns start. */
  readonly directory: string;
  /**
   * With `*`, `?`, `[a-z]`, `{a,b}` and, for any number of directories, `**`; `x/**` is all that is below x. `*` and `**`
   * skip names that begin with a dot.
   */
  readonly pattern: string;
}

/**
 * The files that a pattern means, those in fewer directories first, then by name. Directories that cannot be listed
 * hold nothing, and `**` does not follow links. Throws RangeError for a pattern that means far too much.
 * Permission: read.
 */
export function globFiles(host: Needs<"read">, { directory, pattern }: GlobInput): readonly string[] {
  const walk = new Walk(host);
  const found = expandBraces(pattern).flatMap((one) => walk.find(rootOf(directory, one), splitPattern(one)));
  return [...new Set(found)].filter((path) => isFileThere(host, path)).sort(byDepth);
}

function rootOf(directory: string, pattern: string): string {
  return isAbsolute(pattern) ? resolve("/", pattern.slice(0, pattern.indexOf("/") + 1)) : directory;
}

/** `**` after `**` means nothing more, and would be walked once for each way through. */
function splitPattern(pattern: string): readonly string[] {
  const segments = pattern.replace(/(^|\/)(?:\*\*\/)+(?=\*\*(?:\/|$))/g, "$1").split("/");
  return isAllBelow(pattern) ? [...segments, "*"] : segments;
}

function byDepth(one: string, other: string): number {
  return one.split("/").length - other.split("/").length || (one < other ? -1 : 1);
}

class Walk {
  readonly #host: Needs<"read">;
  #seen = 0;

  constructor(host: Needs<"read">) {
    this.#host = host;
  }

  /** The paths below `from` that the rest of the pattern leads to; one without wildcards need not be there. */
  find(from: string, [name, ...rest]: readonly string[]): readonly string[] {
    if (name === undefined) return [from];
    if (name === "**") return [...this.find(from, rest), ...this.#below(from, ["**", ...rest])];
    if (!hasWildcard(name)) return this.find(/^([A-Za-z]:)?$/.test(name) ? from : join(from, name), rest);
    const names = this.#list(from).filter((one) => fitsWildcard(one, name));
    return names.flatMap((one) => this.find(join(from, one), rest));
  }

  #below(from: string, pattern: readonly string[]): readonly string[] {
    const inside = this.#list(from).filter((name) => !name.startsWith(".")).map((name) => join(from, name));
    return inside.filter((path) => isRealDirectory(this.#host, path)).flatMap((path) => this.find(path, pattern));
  }

  #list(directory: string): readonly string[] {
    try {
      const names = this.#host.read.list(directory);
      this.#seen += names.length;
      if (this.#seen > MOST_ENTRIES) throw new RangeError(`it means more than ${MOST_ENTRIES} files and directories`);
      return names;
    } catch (error) {
      if (isFileError(error)) return [];
      throw error;
    }
  }
}
