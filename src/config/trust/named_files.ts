import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { isFileError, unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { directoriesUp, dirname, expandHome, isInside, resolve } from "../../store/paths.ts";
import { resolveLinks } from "../files/file_checks.ts";
import { listGitRefs } from "../files/git_refs.ts";
import { realTarget } from "../files/resolve_write_target.ts";
import { isHarmlessCall, printsCommits } from "./harmless_programs.ts";
import { plainCommands } from "./plain_commands.ts";

type LookHost = Needs<"read" | "env" | "sys">;

interface Line {
  /** For the shell. */
  readonly line: string;
  /** The file that says it. */
  readonly file: string;
  /** The directory of the tree, links resolved. */
  readonly root: string;
}

/** Something of the line may be any file of the tree. */
class AnyFile extends Error {}

/**
 * Returns the files of the tree that a line, and the scripts that it starts, can have anything to do with, where that
 * can be told: all is plain words, and each command is one of a few that start nothing of the directory they are in, or
 * a script of the same kind. undefined where any file of the tree may be meant. Permissions: read, env.
 */
export function findNamedFiles(host: LookHost, line: Line): readonly string[] | undefined {
  if (host.sys.os === "windows") return undefined;
  try {
    return new Look(host, line).all();
  } catch (error) {
    if (error instanceof AnyFile || isFileError(error)) return undefined;
    throw error;
  }
}

/** Returns whether a path, as a setting names it, leads into the tree. Permissions: read, env. */
export function isOfTree(host: LookHost, { line, root }: Line): boolean {
  const path = resolve(host.read.cwd(), expandHome(host, line) ?? line);
  if (host.read.lstat(path) === undefined) return false;
  return [resolveLinks(host, path), realTarget(host, path), path].some((one) =>
    one === undefined || isInside(root, one)
  );
}

/** More than these no line starts that anyone has read. */
const MOST_FILES = 200;
const LONGEST_SCRIPT = 256 * 1024;

class Look {
  readonly #host: LookHost;
  readonly #line: Line;
  readonly #found = new Set<string>();
  readonly #scanned = new Set<string>();

  constructor(host: LookHost, line: Line) {
    this.#host = host;
    this.#line = line;
  }

  all(): readonly string[] {
    const { line, file } = this.#line;
    const bases = [this.#host.read.cwd(), dirname(file)].map((base) => resolveLinks(this.#host, base));
    this.#scan(line, bases);
    this.#noteSteering(bases);
    // What is no data starts something, and so may what cannot be looked at.
    const modeAt = (path: string) => unlessFileError(() => this.#host.read.stat(path)?.mode ?? 0) ?? 0o111;
    const isProgram = (path: string) => (modeAt(path) & 0o111) !== 0;
    if ([...this.#found].some((path) => !this.#scanned.has(path) && isProgram(path))) throw new AnyFile();
    return [...this.#found].sort();
  }

  #scan(text: string, bases: readonly string[]): void {
    const commands = plainCommands(text);
    if (commands === undefined) throw new AnyFile();
    for (const words of commands) {
      for (const word of words.slice(words[0] === "." ? 1 : 0)) this.#note(word, bases);
      if (printsCommits([baseName(words), ...words.slice(1)])) this.#noteRefs();
      const script = findScript(words);
      if (script !== undefined) this.#scanScripts(script, bases);
      const names = [words[0]!, script ?? "."].filter((name) => name !== "." && !name.includes("/"));
      if (names.some((name) => this.#isOnPath(name, bases))) throw new AnyFile();
    }
  }

  #noteRefs(): void {
    const refs = listGitRefs(this.#host, this.#line.root);
    if (refs === undefined) throw new AnyFile();
    for (const path of refs) this.#found.add(path);
    if (this.#found.size > MOST_FILES) throw new AnyFile();
  }

  /** The files that a word, or a part of it such as an option's value, is the path of. */
  #note(word: string, bases: readonly string[]): void {
    for (const part of partsOfWord(word)) {
      for (const path of part === "" ? [] : this.#at(part, bases)) this.#found.add(path);
    }
    if (this.#found.size > MOST_FILES) throw new AnyFile();
  }

  #at(word: string, bases: readonly string[]): readonly string[] {
    const { read } = this.#host;
    const paths = new Set(bases.map((base) => resolve(base, expandHome(this.#host, word) ?? word)));
    return [...paths].filter((path) => {
      if (!this.#isInTree(path)) return this.#refuseWayIn(path);
      const found = read.lstat(path);
      if (found === undefined) return false;
      // A directory may be meant with all that is in it, and a link may lead anywhere.
      if (!found.isFile || resolveLinks(this.#host, path) !== path) throw new AnyFile();
      return true;
    });
  }

  /** A path elsewhere may lead into the tree, through a link or through what a process has open. */
  #refuseWayIn(path: string): false {
    if (OF_PROCESSES.test(path)) throw new AnyFile();
    const real = realTarget(this.#host, path);
    if (real === undefined || (real !== path && isInside(this.#line.root, real))) throw new AnyFile();
    return false;
  }

  /** Files above a command that decide which program its bare name starts; one with a path in it may say any. */
  #noteSteering(bases: readonly string[]): void {
    for (const directory of new Set(bases.flatMap(directoriesUp).filter((one) => this.#isInTree(one)))) {
      for (const path of STEERING.flatMap((name) => this.#at(name, [directory]))) {
        const text = lenientUtf8(this.#host.read.bytes(path));
        if (path.endsWith("/HEAD") || text.includes("/") || text.length > LONGEST_SCRIPT) throw new AnyFile();
        this.#found.add(path);
      }
    }
  }

  #isInTree(path: string): boolean {
    return isInside(this.#line.root, path) && !path.split("/").includes(".git");
  }

  /** Where the variable PATH leads into the tree, it decides what a bare name is. */
  #isOnPath(name: string, bases: readonly string[]): boolean {
    const entries = this.#host.env.get("PATH")?.split(":") ?? [];
    const directories = entries.flatMap((entry) => bases.map((base) => resolve(base, entry)));
    return directories.some((directory) => {
      const real = resolveLinks(this.#host, directory);
      return this.#isInTree(real) && this.#host.read.lstat(resolve(real, name)) !== undefined;
    });
  }

  #scanScripts(script: string, bases: readonly string[]): void {
    const paths = this.#at(script, bases);
    if (paths.length === 0) throw new AnyFile();
    for (const path of paths) {
      if (this.#scanned.has(path)) continue;
      this.#scanned.add(path);
      const bytes = this.#host.read.bytes(path);
      const text = lenientUtf8(bytes.subarray(0, LONGEST_SCRIPT));
      if (bytes.length > LONGEST_SCRIPT || (text.startsWith("#!") && !SHELL.test(text))) throw new AnyFile();
      this.#scan(text, [...new Set([...bases, dirname(path)])]);
    }
  }
}

const OF_PROCESSES = /^\/(?:proc|dev\/fd)(?:\/|$)/;

/** A word, and what may be a path in it: behind `file://`, `@` or "=", and right behind the letter of an option. */
function partsOfWord(word: string): ReadonlySet<string> {
  const letters = /^-[a-zA-Z]/.test(word) ? [...word].slice(2).map((_, at) => word.slice(at + 2)) : [];
  return new Set([word, ...word.split(/[=:,@]/), ...word.split(/fileb?:\/\//), ...letters]);
}

/** Of version managers (https://mise.jdx.dev/configuration.html); and `HEAD` of a repository without a working tree, whose settings name programs for `git`. */
const STEERING = [
  ...[".tool-versions", "mise.toml", ".mise.toml", "mise.local.toml", ".mise.local.toml", "mise/config.toml"],
  ...[".mise/config.toml", ".config/mise.toml", ".config/mise/config.toml", ".config/mise/conf.d", "HEAD"],
];

const SHELL = /^#! ?(?:\/usr)?\/bin\/(?:env )?(?:ba|da)?sh(?: -[eufx]+)?\n/;

const OF_SYSTEM = /^(?:\/usr(?:\/local)?|\/opt\/homebrew)?\/bin\/(?=[^/]+$)/;
const SHELL_OPTION = /^-[eufx]+$/;

function baseName([first]: readonly string[]): string {
  return first!.replace(OF_SYSTEM, "");
}

/** The script that a command runs; undefined for a command that runs none. */
function findScript(words: readonly string[]): string | undefined {
  const [name, rest] = [baseName(words), words.slice(1)];
  if (isHarmlessCall([name, ...rest])) return undefined;
  if ([".", "source", "sh", "bash", "dash"].includes(name)) {
    const script = rest.find((word) => !SHELL_OPTION.test(word));
    if (script === undefined || script.startsWith("-")) throw new AnyFile();
    return script;
  }
  if (!name.includes("/")) throw new AnyFile();
  return name;
}
