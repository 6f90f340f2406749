/**
 * `=` is not among them: zsh takes a value `=ls` for the path of `ls`.
 * https://zsh.sourceforge.io/Doc/Release/Expansion.html#Filename-Expansion
 */
const PLAIN_POSIX = /^[A-Za-z0-9_@%+:,./-]+$/;

/** A word of sh, bash, zsh and ksh that stands for the text, whatever is in it but NUL, which no shell can hold. */
export function quotePosix(text: string): string {
  if (PLAIN_POSIX.test(text)) return text;
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

/** The same but for tabs and line breaks: text on several lines is shown as it is. */
const CONTROL = /((?:(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}])+)/u;

/** Whether a terminal would obey a part of the text rather than show it. */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text);
}

/**
 * A word of sh, bash, zsh and ksh that stands for the text, NUL excepted, and that a terminal shows and does not obey:
 * `printf`, which all of them have built in, makes the control characters.
 */
export function quotePosixPrintably(text: string): string {
  if (!hasControlCharacters(text)) return quotePosix(text);
  return inPieces(text, {
    plain: quotePosix,
    control: (piece) => `"$(printf '${[...piece].map(octalBytes).join("")}')"`,
  });
}

/** The text, parted where control characters begin and end, each part as it is to be written. */
function inPieces(
  text: string,
  write: { readonly plain: (piece: string) => string; readonly control: (piece: string) => string },
): string {
  return text.split(CONTROL).map((piece, at) => {
    if (piece === "") return "";
    return at % 2 === 0 ? write.plain(piece) : write.control(piece);
  }).join("");
}

/**
 * A word of fish that stands for the text, NUL excepted: between single quotes only `\` and `'` mean something, and what
 * a terminal would obey is escaped between them. https://fishshell.com/docs/current/language.html#quotes
 */
export function quoteFish(text: string): string {
  if (!hasControlCharacters(text)) return quoteFishPlain(text);
  return inPieces(text, { plain: quoteFishPlain, control: (piece) => [...piece].map(fishEscape).join("") });
}

function quoteFishPlain(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function fishEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const PLAIN_POWERSHELL = /^[ !#-&(-~]*$/;

/**
 * A PowerShell expression that stands for the text, NUL excepted. It is one line of ASCII, whatever the text holds:
 * PowerShell takes typographic quotes for quotes, and programs' output apart at line breaks and by its own idea of an
 * encoding. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function quotePowershell(text: string): string {
  if (PLAIN_POWERSHELL.test(text)) return `'${text}'`;
  // By UTF-16 code units, which is what [char] makes.
  return `"${text.replaceAll(/["`$]/g, "`$&").replaceAll(/[^ -~]/g, unit)}"`;
}

function unit(character: string): string {
  return `$([char]0x${character.charCodeAt(0).toString(16)})`;
}

const PLAIN_DOTENV = /^[A-Za-z0-9_@%+:,./-]+$/;
/** One line that readers take as it is: no quotes in front, no blanks at the ends, no comment. */
const BARE = /^(?!["'`\s])(?!.*\s#)[^\r\n]*\S$/;

/**
 * The value as it stands in a `.env` file. Readers differ, so each value is written in the plainest of these forms: as
 * it is; between single quotes without any escape (all readers, and sh); between double quotes where it has a single
 * quote and nothing that readers expand; else between single quotes with `\\` and `\'`, as python-dotenv and compose
 * read it. No form can keep readers that expand `${NAME}` everywhere from doing so.
 */
export function quoteDotenv(text: string): string {
  if (PLAIN_DOTENV.test(text)) return text;
  if (!/['\\]/.test(text)) return `'${text}'`;
  if (!/["$`\\]/.test(text)) return `"${text}"`;
  // A backslash in front of the closing quote is where readers go wrong.
  if (text.endsWith("\\") && BARE.test(text)) return text;
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
