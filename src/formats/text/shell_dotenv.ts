const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;
/** One line that readers take as it is: no quotes in front, no blanks at the ends, no comment. */
const BARE = /^(?!["'`\s])(?!.*\s#)[^\r\n]*\S$/;

/**
 * The value as it stands in a `.env` file. Readers differ, so each value is written in the plainest of these forms: as
 * it is; between single quotes without any escape (all readers, and sh); between double quotes where it has a single
 * quote and nothing that readers expand; else between single quotes with `\\` and `\'`, as python-dotenv and compose
 * read it. No form can keep readers that expand `${NAME}` everywhere from doing so.
 */
export function quoteDotenv(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!/['\\]/.test(text)) return `'${text}'`;
  if (!/["$`\\]/.test(text)) return `"${text}"`;
  // A backslash in front of the closing quote is where readers go wrong.
  if (text.endsWith("\\") && BARE.test(text)) return text;
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
