import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { basename, dirname, isInside } from "../../store/paths.ts";
import { resolveLinks } from "../files/file_checks.ts";
import { listStarts, listWords } from "./line_words.ts";

interface Line {
  /** For the shell. */
  readonly line: string;
  /** The file that says it. */
  readonly file: string;
  /** The directory of the tree, links resolved. */
  readonly root: string;
}

/** What a line names beside the tree by relative paths, links resolved; undefined for more than can be looked at. */
export interface Beyond {
  /** Files that it may start: others, which it reads and writes, may change each day. */
  readonly programs: readonly string[];
  /** A program in them may be started by any name; the tree may be in one. */
  readonly directories: readonly string[];
}

/** Returns what a line may start beside the tree, wherever in it the words stand. Permission: read. */
export function findBeyond(host: Needs<"read">, { line, file, root }: Line): Beyond | undefined {
  const words = listWords(line).filter(isRelative);
  const look = new Look(host, words, [dirname(file), host.read.cwd()]);
  const started = listStarts(line).flatMap((some) => look.firstFile(some.filter(isRelative)));
  const startable = words.flatMap((word) => look.files(word)).filter((path) => canStart(host, path));
  if (look.isTooMuch) return undefined;
  const beyond = (paths: readonly string[]) =>
    [...new Set(paths.map((path) => resolveLinks(host, path)))].filter((path) => !isInside(root, path));
  return { programs: beyond([...started, ...startable]), directories: beyond(look.directories) };
}

function isRelative(word: string): boolean {
  return !/^[/~]|^\w:/.test(word);
}

/** A line goes from one to the next: `cd .. && cd lib && ./run`. */
const MOST_DIRECTORIES = 30;
/** A clone decides how many there are to look for, in each of its lines. */
const MOST_LOOKS = 4_000;
/** What some programs add to a name. */
const LEFT_OUT = ["", ".js", ".rb", ".exe", ".cmd", ".bat"];

class Look {
  readonly #host: Needs<"read">;
  readonly #bases: readonly string[];
  readonly #stats = new Map<string, FileStat | undefined>();
  readonly directories: readonly string[];
  isTooMuch = false;

  constructor(host: Needs<"read">, words: readonly string[], bases: readonly string[]) {
    this.#host = host;
    const found = new Set(bases);
    for (const word of words) {
      for (const path of [...found].map((base) => `${base}/${word}`)) {
        if (found.size < MOST_DIRECTORIES && this.#stat(path)?.isDirectory) found.add(resolveLinks(host, path));
      }
    }
    this.#bases = [...found];
    this.directories = this.#bases.slice(new Set(bases).size);
  }

  /** The files that a word may be the path of. */
  files(word: string): readonly string[] {
    const names = word.includes("/") && !basename(word).includes(".") ? LEFT_OUT.map((end) => `${word}${end}`) : [word];
    return this.#bases.flatMap((base) => names.map((name) => `${base}/${name}`)).filter((path) =>
      this.#stat(path)?.isFile === true
    );
  }

  firstFile(words: readonly string[]): readonly string[] {
    return words.map((word) => this.files(word)).find((files) => files.length > 0) ?? [];
  }

  /** Links on the way count before `..` does, so a path is left as it is. */
  #stat(path: string): FileStat | undefined {
    this.isTooMuch ||= this.#stats.size >= MOST_LOOKS;
    if (this.isTooMuch) return undefined;
    if (!this.#stats.has(path)) this.#stats.set(path, unlessFileError(() => this.#host.read.stat(path)));
    return this.#stats.get(path);
  }
}

/** What interpreters, and programs like make, are given to run. */
const SCRIPT = new RegExp(
  "\\.(?:(?:ba|z|k|fi)?sh|pyz?|[cm]?[jt]s|[jt]sx|rb|p[lm]|php|lua|R|ps1|tcl|awk|sed|go|java|kts|groovy|exs" +
    "|jar|nix|mk|so|dylib|node|wasm|exe|cmd|bat)$|(?:^|/)(?:(?:GNU)?makefile|justfile|rakefile)$",
  "i",
);

/** By its name, its permission or its first line. */
function canStart(host: Needs<"read">, path: string): boolean {
  const mode = unlessFileError(() => host.read.stat(path)?.mode) ?? 0;
  return SCRIPT.test(path) || (mode & 0o111) !== 0 || unlessFileError(() => startsAsScript(host, path)) === true;
}

/** Without the rest of it: data may be of any size. */
function startsAsScript(host: Needs<"read">, path: string): boolean {
  for (const piece of host.read.pieces(path)) return piece[0] === 0x23 && piece[1] === 0x21;
  return false;
}
