/**
 * The arguments of a YAML function: words between blanks, where a part in single or double quotes counts as one, as
 * in `!env 'NAME "a default"'`.
 */
export function wordsOf(text: string): readonly string[] {
  const words = text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']\S*/g);
  return [...words].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
