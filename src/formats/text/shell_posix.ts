/**
 * `=` is not among them: zsh takes a value `=ls` for the path of `ls`.
 * https://zsh.sourceforge.io/Doc/Release/Expansion.html#Filename-Expansion
 */
const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;

/** A word of sh, bash, zsh and ksh that stands for the text, whatever is in it but NUL, which no shell can hold. */
export function quotePosix(text: string): string {
  if (PLAIN.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** What a terminal obeys rather than shows: control characters, line separators, marks that turn the direction. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * A word of bash, zsh and ksh that stands for the text and can be shown and copied on one line: what would be invisible
 * is escaped in `$'…'`, byte by byte, which plain sh does not know.
 */
export function quotePosixVisibly(text: string): string {
  if (!INVISIBLE.test(text)) return quotePosix(text);
  const characters = [...text].map((one) => INVISIBLE.test(one) ? octalBytes(one) : one.replace(/[\\']/, "\\$&"));
  return `$'${characters.join("")}'`;
}

/** Three digits each, so that a digit which follows is none of them. */
function octalBytes(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}
