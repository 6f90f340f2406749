import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { basename, dirname, expandHome, resolve } from "../../store/paths.ts";
import { isDirectoryThere, isRegularFile } from "../files/file_checks.ts";
import { isBeyondTree } from "../files/tree.ts";

type LookHost = Needs<"read" | "env">;

interface Line {
  /** For the shell. */
  readonly line: string;
  /** The file that says it. */
  readonly file: string;
}

/** More than these no line starts that anyone has read. */
const MOST_FILES = 200;
const MOST_DIRECTORIES = 20;
const MOST_WORDS = 2_000;
/** Looking at more paths would be felt. */
const MOST_LOOKS = 50_000;

/**
 * Returns the files of the tree that a line names, and the scripts that those name in turn: words that are paths or
 * modules, seen from where the line starts, from its own file, from the directories that are named, and from the script.
 * Build tools name the files that they read by themselves. Permissions: read, env.
 */
export function findProgramFiles(host: LookHost, { line, file }: Line): readonly string[] {
  const found = new Set<string>();
  let looks = 0;
  const scan = (text: string, { from, isWanted }: Scan): void => {
    const words = wordsIn(text);
    const bases = withNamed(host, { words, from, file });
    looks += words.length * 3;
    for (const path of candidates(host, { words: [text, ...words], bases })) {
      if (found.size >= MOST_FILES || looks++ > MOST_LOOKS) return;
      if (found.has(path)) continue;
      if (!isRegularFile(host, path) || !isWanted(path) || isBeyondTree(host, { file, path })) continue;
      found.add(path);
      const script = scriptText(host, path);
      if (script !== undefined) scan(script, { from: [dirname(path), ...bases], isWanted: isProgram });
    }
  };
  const isProgram = (path: string) => scriptText(host, path) !== undefined;
  scan(line, { from: [host.read.cwd(), dirname(file)], isWanted: () => true });
  return [...found];
}

interface Scan {
  /** Where its words are looked for. */
  readonly from: readonly string[];
  readonly isWanted: (path: string) => boolean;
}

function wordsIn(text: string): readonly string[] {
  const words = text.split(/[\s;&|<>()"'`$={}\[\],:@]+/).filter((word) => word !== "");
  return [...new Set(words.flatMap((word) => [word, ...(READS[basename(word)] ?? [])]))].slice(0, MOST_WORDS);
}

/** What tools read without being told. */
const READS: Readonly<Record<string, readonly string[]>> = {
  make: ["GNUmakefile", "makefile", "Makefile"],
  gmake: ["GNUmakefile", "makefile", "Makefile"],
  ...Object.fromEntries(["npm", "npx", "pnpm", "yarn", "bun", "node"].map((name) => [name, ["package.json"]])),
  deno: ["deno.json", "deno.jsonc", "package.json"],
  just: ["justfile", "Justfile", ".justfile"],
  task: ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml"],
  rake: ["Rakefile", "rakefile"],
  docker: ["Dockerfile"],
};

function withNamed(
  host: LookHost,
  { words, from, file }: { readonly words: readonly string[]; readonly from: readonly string[]; readonly file: string },
): readonly string[] {
  const named = from.slice(0, 3).flatMap((base) => words.map((word) => at(host, { base, word })))
    .filter((path) => isDirectoryThere(host, path) && !isBeyondTree(host, { file, path }));
  return [...new Set([...from, ...named])].slice(0, MOST_DIRECTORIES);
}

/** What interpreters add to a name. */
const ENDINGS = ["", ".sh", ".py", "/__main__.py", "/__init__.py", ".js", ".mjs", ".ts", "/index.js", ".rb", ".pl"];

function* candidates(
  host: LookHost,
  { words, bases }: { readonly words: readonly string[]; readonly bases: readonly string[] },
): Iterable<string> {
  const names = words.flatMap((word) => [
    word,
    ...(MODULE.test(word) ? [word.replaceAll(".", "/")] : []),
    // What follows a variable or a command: "$(dirname "$0")/lib.sh".
    ...(word.startsWith("/") ? [word.replace(/^\/+/, "")] : []),
  ]);
  for (const base of bases) {
    for (const word of names) {
      for (const ending of ENDINGS) yield at(host, { base, word: word + ending });
    }
  }
}

/** `package.module`, as Python names it. */
const MODULE = /^\w+(?:\.\w+)+$/;

function at(host: LookHost, { base, word }: { readonly base: string; readonly word: string }): string {
  return resolve(base, expandHome(host, word) ?? word);
}

const SCRIPT = /\.(?:[a-z]*sh|py|[cm]?[jt]s|rb|pl|lua|php|awk|mk|ps1|bat|cmd)$/i;
const LONGEST_SCRIPT = 256 * 1024;

/** The text of a script, by its name or its first line; undefined for anything else. */
function scriptText(host: LookHost, path: string): string | undefined {
  try {
    const bytes = host.read.bytes(path);
    if (bytes.length > LONGEST_SCRIPT) return undefined;
    const name = basename(path);
    const isNamed = SCRIPT.test(name) || Object.values(READS).some((names) => names.includes(name));
    return isNamed || (bytes[0] === 0x23 && bytes[1] === 0x21) ? lenientUtf8(bytes) : undefined;
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
