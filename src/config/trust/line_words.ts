/** More a line does not have that anyone has read. */
const MOST_WORDS = 2_000;

const SEPARATORS = /[\s"'`;|&()<>=]+/;
/** A word as a shell reads it: quotes and backslashes keep together what has blanks. */
const QUOTED = /(?:"(?:\\[^]|[^"\\])*"|'[^']*'|\\[^]|[^\s"'\\`;|&()<>])+/g;
/** A path behind an option's letter, a variable or a substitution: `-r../x`, `$PWD/../x`, `$(pwd)/../x`. */
const ATTACHED = /^(?:.*\$\w*\/*|-+\w*|\/+)(\.{1,2}[/\\].*)$/s;
/** The parts of a path that stand for many names. */
const PATTERN = /\/[^/]*[*?[{$].*$/s;

/** Returns the words of a line for the shell, each once, and the parts of them that may be paths. */
export function listWords(line: string): readonly string[] {
  const words = new Set([...line.split(SEPARATORS), ...unquote(line)].flatMap(partsOfWord));
  return [...words].filter((word) => word !== "").slice(0, MOST_WORDS);
}

function unquote(line: string): readonly string[] {
  return (line.match(QUOTED) ?? []).map((word) => word.replace(/\\([^])/g, "$1").replace(/["']/g, ""));
}

function partsOfWord(word: string): readonly string[] {
  const paths = word.split(/[=:,@{}]/).map((part) => ATTACHED.exec(part)?.[1] ?? part);
  return [word, ...paths, ...paths.map((path) => path.replace(PATTERN, ""))];
}

/** A quote begins a part where a shell is to read what is in it. */
const PART = /[;|&()\n`{}]+|["'](?=(?:\.|source)[ \t]+[^\s"'|])/;
/** What may stand before a command. */
const BEFORE = /^(?:\w+=.*|if|then|elif|else|while|until|do|!|time|exec|command|builtin)$/s;
const SHELL = /^(?:ba|da|z|k|fi)?sh$/;
const INTERPRETER = /^(?:python[\d.]*|node|tsx|ts-node|deno|bun|ruby|perl|php|lua[\d.]*|Rscript|pwsh)$/;
/** Behind these stands the text itself, or the name of a module; `-e` of a shell is another option. */
const INLINE = { shell: /^-[a-z]*c$/, other: /^(?:-|-[a-z]{0,4}[ceEmp]|--eval|--print)$/ };
const MOST_OPTIONS = 20;

const OUTPUT = /(?<![\\>])>+[ \t]*[^\s"'<>]+/g;
const INPUT = /(?<!<)<+[ \t]*[^\s"'<>]+/g;

/**
 * Returns what a line for the shell starts by the place of its words: a command, or the script of a shell or another
 * interpreter. Of the words of each, the first that is a file is meant; others are what these read and write.
 */
export function listStarts(line: string): readonly (readonly string[])[] {
  const parts = line.split(PART).map((part) => part.replace(OUTPUT, " "));
  return parts.flatMap((part) =>
    [splitAtQuotes, unquote].flatMap((split) => {
      const words = split(part).slice(0, MOST_WORDS);
      return [...findCommand(split(part.replace(INPUT, " "))), ...words.map((_, at) => findScripts(words, at))];
    })
  );
}

function splitAtQuotes(part: string): readonly string[] {
  return part.split(/[\s"'<>]+/).filter((word) => word !== "");
}

/** What a part begins with, and what is read into the shell itself there. */
function findCommand(words: readonly string[]): readonly (readonly string[])[] {
  const at = words.findIndex((word) => !BEFORE.test(word));
  const [command, script] = at === -1 ? [] : words.slice(at);
  if (command === undefined) return [];
  return (command === "." || command === "source") && script !== undefined ? [[command], [script]] : [[command]];
}

/** The words that may be the script of the program at that place: none if it is no interpreter. */
function findScripts(words: readonly string[], at: number): readonly string[] {
  const name = words[at]!.slice(words[at]!.lastIndexOf("/") + 1);
  const isShell = SHELL.test(name);
  if (!isShell && !INTERPRETER.test(name)) return [];
  const rest = words.slice(at + 1, at + 1 + MOST_OPTIONS);
  const end = rest.findIndex((word) => (isShell ? INLINE.shell : INLINE.other).test(word));
  return rest.slice(0, end === -1 ? MOST_OPTIONS : end).filter((word) => !/^-|^(?:run|exec)$/.test(word));
}
