const SPACE = /[ \t]+/y;
/** What ends a command and begins the next one. */
const END = /(?:[ \t]*(?:\n|&&|\|\||[;&|]))+/y;
/** Nothing in it has a meaning for the shell; of quotes, only those around a whole word. */
const WORD = /(?:"([\w./:,@+= -]+)"|'([\w./:,@+= -]+)'|((?:~\/)?[\w./:,@+=-]+))(?=[ \t\n;&|]|$)/y;
const COMMENT = /^[ \t]*#.*$/gm;
/** Output that is thrown away, or goes where the rest goes. */
const SILENCED = /(?:[12&]?>[ \t]?\/dev\/null|2>&1)(?=[ \t\n;&|]|$)/y;
const MOST_WORDS = 500;

/**
 * Returns the commands of a text for the shell, each as its words, if plain words are all that it holds: nothing that
 * puts a name together, no variable, pattern, substitution, escape, assignment, group or redirection. undefined for
 * anything else.
 */
export function plainCommands(text: string): readonly (readonly string[])[] | undefined {
  const line = text.replace(COMMENT, "");
  const commands: string[][] = [[]];
  let words = 0;
  for (let at = 0; at < line.length;) {
    const next = (form: RegExp) => {
      form.lastIndex = at;
      const found = form.exec(line);
      if (found !== null) at = form.lastIndex;
      return found;
    };
    if (next(END) !== null) commands.push([]);
    else if (next(SPACE) === null && next(SILENCED) === null) {
      const found = next(WORD);
      const word = found?.[1] ?? found?.[2] ?? found?.[3];
      if (word === undefined || ++words > MOST_WORDS || !isPlain(word)) return undefined;
      commands.at(-1)!.push(word);
    }
  }
  return commands.filter((command) => command.length > 0);
}

/** An option has its value behind "=", anything else may be an assignment; ".." leads up where a path begins alone. */
function isPlain(word: string): boolean {
  if (word.includes("=") && !word.startsWith("--")) return false;
  return !word.replace(/^(?:\.\.\/)+/, "").includes("..");
}
