/** The words that the headers of ~/.aws/config begin with. */
export const SECTION_WORDS = ["profile", "sso-session", "services"] as const;
export type SectionWord = typeof SECTION_WORDS[number];

/**
 * Returns what a header's line has between its brackets; undefined for none. Up to the last bracket the AWS CLI takes all
 * for the name, be it in a comment: such a section is none of those that are looked for.
 */
export function readHeader(line: string): string | undefined {
  const text = line.trim();
  const end = text.lastIndexOf("]");
  const [inside, rest] = [text.slice(1, Math.max(end, 1)), text.slice(end + 1)];
  const isHeader = text.startsWith("[") && inside.trim() !== "" && (rest === "" || /^\s+[#;]/.test(rest));
  return isHeader ? inside : undefined;
}

const SHELL_WORD = /(?:[^ \t\r\n'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;

/** Returns what a text between brackets is known by, however its two words are quoted; any other text is so already. */
export function canonicalHeader(written: string): string {
  const words = headerWords(written);
  return words === undefined ? written : `${words[0]} ${quoteName(words[1])}`;
}

/**
 * Returns the name that a header gives to a section of a kind; undefined for headers of other kinds. As the AWS CLI
 * reads it: it takes `[profiles dev]` for `[profile dev]`, and gives no name to `[profile a b]` nor to `[ profile dev]`.
 */
export function sectionName(header: string, word: SectionWord): string | undefined {
  return header.startsWith(word) ? headerWords(header)?.[1] : undefined;
}

/** Returns the header for a name in plain words: `profile "my dev"` for `profile my dev`. */
export function renderHeader(name: string): string {
  const [, rest] = /^profile (.*)$/s.exec(name) ?? [];
  return rest === undefined ? name : `profile ${quoteName(rest)}`;
}

function quoteName(name: string): string {
  return /^[^\s'"\\]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`;
}

function headerWords(header: string): readonly [string, string] | undefined {
  if (!SECTION_WORDS.some((word) => header.startsWith(word))) return undefined;
  const words = header.match(SHELL_WORD) ?? [];
  // What is left belongs to no word: a quote that is not closed.
  if (words.length !== 2 || header.replaceAll(SHELL_WORD, "").trim() !== "") return undefined;
  return [unquote(words[0]!), unquote(words[1]!)];
}

function unquote(word: string): string {
  return word.match(/\\.|'[^']*'|"(?:[^"\\]|\\.)*"|[^'"\\]+/gs)!.map(unquotePart).join("");
}

function unquotePart(part: string): string {
  if (part.startsWith("'")) return part.slice(1, -1);
  if (part.startsWith('"')) return part.slice(1, -1).replaceAll(/\\(["\\])/g, "$1");
  return part.startsWith("\\") ? part.slice(1) : part;
}
