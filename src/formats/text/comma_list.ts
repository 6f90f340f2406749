/**
 * Returns the items of a list with commas, as flags of command lines have it: an item in double quotes has commas of its
 * own, and `""` is a quote in it, as in a line of CSV; what is empty is none.
 * https://www.rfc-editor.org/rfc/rfc4180#section-2
 */
export function parseCommaList(text: string): readonly string[] {
  const items: string[] = [];
  for (let at = 0; at <= text.length;) {
    const { item, end } = readItem(text, at);
    if (item !== "") items.push(item);
    at = end + 1;
  }
  return items;
}

/** Returns an item as {@link parseCommaList} reads it: in quotes where it has a comma, or begins with a quote. */
export function formatCommaItem(item: string): string {
  return item.includes(",") || /^[ \t]*"/.test(item) ? `"${item.replaceAll('"', '""')}"` : item;
}

const QUOTED = /[ \t]*"((?:[^"]|"")*)"[ \t]*(?=,|$)/y;
const PLAIN = /[^,]*/y;

/** A quote that nothing closes is a character like others. */
function readItem(text: string, at: number): { readonly item: string; readonly end: number } {
  QUOTED.lastIndex = PLAIN.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted !== null) return { item: quoted[1]!.replaceAll('""', '"'), end: QUOTED.lastIndex };
  return { item: PLAIN.exec(text)![0], end: PLAIN.lastIndex };
}
