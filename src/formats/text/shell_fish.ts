/**
 * A word of fish that stands for the text, NUL excepted: between single quotes only `\` and `'` mean something.
 * https://fishshell.com/docs/current/language.html#quotes
 */
export function quoteFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
