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
