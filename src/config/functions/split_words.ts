const WORD = /^\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|\S+)\s*(.*?)\s*$/s;

/** The first word of a function's arguments, quotes included, and what follows it; undefined when there is none. */
export function wordIn(text: string): { readonly word: string; readonly rest: string } | undefined {
  const [, word, rest] = WORD.exec(text) ?? [];
  return word === undefined ? undefined : { word, rest: rest! };
}

/** The text without quotes that stand around all of it; a quote in it is written twice. */
export function unquote(text: string): string {
  const double = /^"((?:[^"]|"")*)"$/s.exec(text)?.[1];
  if (double !== undefined) return double.replaceAll('""', '"');
  return /^'((?:[^']|'')*)'$/s.exec(text)?.[1]?.replaceAll("''", "'") ?? text;
}

/**
 * The arguments of a YAML function: words between blanks, where a word in single or double quotes may have blanks, as
 * in `!env 'NAME "a default"'`. Throws RangeError for a quote that is left open.
 */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  for (let found = wordIn(text); found !== undefined; found = wordIn(found.rest)) {
    if (/^(["'])/.test(found.word) && unquote(found.word) === found.word) {
      throw new RangeError(`a quote is left open at ${found.word}`);
    }
    words.push(unquote(found.word));
  }
  return words;
}
