import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, isAbsolute, isInside, join, resolve } from "../../store/paths.ts";
import { findDirectory, isFileThere, resolveLinks } from "./file_checks.ts";

/** Directory entries looked at for one pattern; more means that the pattern is a mistake. */
const MOST_ENTRIES = 20_000;

export interface GlobInput {
  /** Where relative patterns start. */
  readonly directory: string;
  /**
   * With `*`, `?`, `[a-z]`, `{a,b}` and, for any number of directories, `**`; callers say what a last `**` stands for. `*` and `**`
   * skip names that begin with a dot.
   */
  readonly pattern: string;
  /** Whether `**` follows links to directories, but for those that lead back. */
  readonly followsLinks?: true;
}

/**
 * The files that a pattern means, those in fewer directories first, then by name. Directories that cannot be listed
 * hold nothing, and `**` follows links only where that is wanted. Throws RangeError for a pattern that means far too much.
 * Permission: read.
 */
export function globFiles(host: Needs<"read">, { directory, pattern, followsLinks }: GlobInput): readonly string[] {
  const walk = new Walk(host, followsLinks === true);
  const found = expandBraces(pattern).flatMap((one) => walk.find(findGlobRoot(directory, one), splitPattern(one)));
  return [...new Set(found)].filter((path) => isFileThere(host, path)).sort(byDepth);
}

function findGlobRoot(directory: string, pattern: string): string {
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
  readonly #followsLinks: boolean;
  /** Where links lead that are being followed. */
  readonly #trail: string[] = [];
  /** What one walk has seen: patterns with braces lead through the same directories again and again. */
  readonly #names = new Map<string, readonly string[]>();
  readonly #directories = new Map<string, ReturnType<typeof findDirectory>>();
  #seen = 0;

  constructor(host: Needs<"read">, followsLinks: boolean) {
    this.#host = host;
    this.#followsLinks = followsLinks;
  }

  /** The paths below `from` that the rest of the pattern leads to; one without wildcards need not be there. */
  find(from: string, [name, ...rest]: readonly string[]): readonly string[] {
    if (name === undefined) return [from];
    if (name === "**") return [...this.find(from, rest), ...this.#below(from, ["**", ...rest])];
    if (!hasWildcard(name)) return this.find(/^([A-Za-z]:)?$/.test(name) ? from : join(from, name), rest);
    const fits = compileWildcard(name);
    const names = this.#list(from).filter(fits);
    return names.flatMap((one) => this.find(join(from, one), rest));
  }

  #below(from: string, pattern: readonly string[]): readonly string[] {
    const inside = this.#list(from).filter((name) => !name.startsWith(".")).map((name) => join(from, name));
    return inside.flatMap((path) => {
      const directory = this.#directory(path);
      if (directory === "real") return this.find(path, pattern);
      return directory === "linked" && this.#followsLinks ? this.#behind(path, pattern) : [];
    });
  }

  /** Behind a link; one that leads back to where the walk comes from would have no end. */
  #behind(link: string, pattern: readonly string[]): readonly string[] {
    const real = resolveLinks(this.#host, link);
    const isBack = isInside(real, resolveLinks(this.#host, dirname(link))) || this.#trail.includes(real);
    if (isBack) return [];
    this.#trail.push(real);
    const found = this.find(link, pattern);
    this.#trail.pop();
    return found;
  }

  #directory(path: string): ReturnType<typeof findDirectory> {
    if (!this.#directories.has(path)) this.#directories.set(path, findDirectory(this.#host, path));
    return this.#directories.get(path);
  }

  #list(directory: string): readonly string[] {
    const names = this.#names.get(directory) ?? this.#readNames(directory);
    this.#names.set(directory, names);
    return names;
  }

  #readNames(directory: string): readonly string[] {
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

/** One name of a pattern: a test for it, or "any" for any number of names. */
type Part = "any" | ((name: string) => boolean);

/**
 * Returns a test of absolute paths for a pattern, as {@link GlobInput} says, a last `**` being everything below; `*` and `**`
 * stand for names that begin with a dot as well. Throws RangeError for braces that stand for too many patterns.
 */
export function compilePattern({ directory, pattern }: GlobInput): (path: string) => boolean {
  const all = expandBraces(pattern).map((one) => splitGlob(directory, one));
  return (path) => all.some((parts) => matchesNames(path.split("/"), parts));
}

/** The directory is taken by the letter: it may have brackets in its name. */
function splitGlob(directory: string, pattern: string): readonly Part[] {
  const literal = (text: string) => (name: string) => name === text;
  const parts: Part[] = isAbsolute(pattern) ? [literal("")] : directory.split("/").map(literal);
  for (const name of pattern.split("/")) {
    if (name === "..") parts.pop();
    else if (name === "**") parts.push("any");
    else if (name !== "" && name !== ".") parts.push(compileName(name));
  }
  return parts;
}

/** Every way through the pattern at once, which is never slow. */
function matchesNames(names: readonly string[], parts: readonly Part[]): boolean {
  let open = withSkipped([0], parts);
  for (const name of names) {
    const next = open.flatMap((at) => {
      const part = parts[at];
      return part === "any" ? [at] : part?.(name) === true ? [at + 1] : [];
    });
    open = withSkipped(next, parts);
  }
  return open.includes(parts.length);
}

/** "any" may be no name at all. */
function withSkipped(open: readonly number[], parts: readonly Part[]): readonly number[] {
  const all = new Set(open);
  for (const at of all) if (parts[at] === "any") all.add(at + 1);
  return [...all];
}

/** One character of a pattern: a test for it, or "star" for any run of characters. */
type Token = "star" | ((char: string) => boolean);

const TOKEN = /\*+|\?|\[[!^]?\]?(?:\\.|[^\]\\])*\]|\\?./gsu;

/**
 * Whether a name without slashes fits a pattern of `*`, `?` and `[a-z]`; a backslash takes the next character as it is,
 * and no other character is special. Never slow, whatever the pattern: it may come from a repository that was just
 * cloned.
 */
export function matchesWildcard(name: string, pattern: string): boolean {
  return compileWildcard(pattern)(name);
}

/** Returns {@link matchesWildcard} for many names. */
function compileWildcard(pattern: string): (name: string) => boolean {
  const [fits, meansHidden] = [compileName(pattern), pattern.startsWith(".")];
  return (name) => (meansHidden || !name.startsWith(".")) && fits(name);
}

function compileName(pattern: string): (name: string) => boolean {
  const tokens = (pattern.match(TOKEN) ?? []).map(parseToken);
  return (name) => matches([...name], tokens);
}

export function hasWildcard(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/** Whether a pattern ends in `**` alone: everything below a directory. */
export function isAllBelow(pattern: string): boolean {
  return /(?:^|\/)\*\*$/.test(pattern);
}

/** Every pattern that `{a,b}` stands for. Throws RangeError when they are more than 1,000. */
export function expandBraces(pattern: string): readonly string[] {
  let open = [pattern];
  for (const done: string[] = [];; open = open.flatMap(expandOne)) {
    done.push(...open.filter((one) => !BRACES.test(one)));
    open = open.filter((one) => BRACES.test(one));
    if (done.length + open.length > 1000) throw new RangeError("its braces stand for more than 1,000 patterns");
    if (open.length === 0) return done;
  }
}

/** What is before the first braces that hold no others, and what is in them; none of both is escaped. */
const BRACES = /^((?:\\.|[^\\])*?)\{((?:\\.|[^\\{}])*)\}/s;

function expandOne(pattern: string): readonly string[] {
  const found = BRACES.exec(pattern)!;
  const [all, head, choices] = [found[0], found[1]!, found[2]!];
  return choices.split(/(?<!\\),/).map((choice) => head + choice + pattern.slice(all.length));
}

function parseToken(text: string): Token {
  if (text.startsWith("*")) return "star";
  if (text === "?") return () => true;
  if (text.length > 2 && text.startsWith("[")) return parseCharacterClass(text.slice(1, -1));
  const literal = unescape(text);
  return (char) => char === literal;
}

function unescape(text: string): string {
  return text.length > 1 && text.startsWith("\\") ? text.slice(1) : text;
}

function parseCharacterClass(body: string): Token {
  const negated = /^[!^]/.test(body);
  const ranges = [...(negated ? body.slice(1) : body).matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gsu)];
  const holds = (char: string) =>
    ranges.some(([, from, to]) => char >= unescape(from!) && char <= unescape(to ?? from!));
  return (char) => holds(char) !== negated;
}

/** Goes back to the last star only, which is enough: an earlier one could not do better. */
function matches(chars: readonly string[], tokens: readonly Token[]): boolean {
  let [at, token, star, mark] = [0, 0, -1, 0];
  while (at < chars.length) {
    const wanted = tokens[token];
    if (wanted === "star") [star, mark] = [token++, at];
    else if (wanted?.(chars[at]!)) [at, token] = [at + 1, token + 1];
    else if (star < 0) return false;
    else [token, at] = [star + 1, ++mark];
  }
  return tokens.slice(token).every((rest) => rest === "star");
}
