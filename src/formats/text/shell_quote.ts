import { hasUnsafe, lazyPattern, UNSAFE } from "./terminal_text.ts";

/**
 * `=` is not among them: zsh takes a value `=ls` for the path of `ls`.
 * https://zsh.sourceforge.io/Doc/Release/Expansion.html#Filename-Expansion
 */
const PLAIN_POSIX = /^[A-Za-z0-9_@%+:,./-]+$/;

/**
 * A word of sh, bash, zsh, ksh and fish that stands for the text, whatever is in it but NUL, which no shell can hold; and
 * one of which PowerShell runs nothing. Between single quotes a backslash means something in fish, where another one or a
 * quote follows, and a typographic quote ends them in PowerShell: these stand between double quotes.
 */
export function quotePosix(text: string): string {
  if (PLAIN_POSIX.test(text)) return text;
  return `'${text.replaceAll(/['‘’‚‛]|\\(?=[\\'‘’‚‛]|$)/g, (one) => one === "\\" ? `'"\\\\"'` : `'"${one}"'`)}'`;
}

/** What a terminal obeys rather than shows, or does not show. */
const invisible = lazyPattern(`(${UNSAFE}+)`);

/**
 * A word of bash, zsh and ksh that stands for the text and can be shown and copied on one line: what would be invisible
 * is escaped in `$'…'`, byte by byte, which plain sh does not know.
 */
export function quotePosixVisibly(text: string): string {
  if (!hasUnsafe(text)) return quotePosix(text);
  const pieces = inPieces(text, {
    apart: invisible(),
    plain: (piece) => piece.replaceAll(/[\\']/g, "\\$&"),
    special: (piece) => [...piece].map(octalBytes).join(""),
  });
  return `$'${pieces}'`;
}

/** Three digits each, so that a digit which follows is none of them. */
function octalBytes(character: string): string {
  const bytes = [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

/** The same but for tabs and line breaks: text on several lines is shown as it is. */
const control = lazyPattern(`((?:(?![\\t\\n])${UNSAFE})+)`);

/** Whether a terminal would obey a part of the text rather than show it. */
export function hasControlCharacters(text: string): boolean {
  return hasUnsafe(text) && text.search(control()) >= 0;
}

/**
 * What `eval $(…)` without double quotes would change in a word: a shell splits the output at blanks, joins it with
 * single spaces again, and takes `*`, `?`, `[` and, with extglob, `(` for patterns of file names. Line breaks go with
 * what follows them, since `$(…)` loses those at its end.
 */
const fragile = lazyPattern(`((?:(?![\\t\\n])${UNSAFE}|\\n+[^\\n]|[\\t*?\\[\\(]| {2,})+)`);

/**
 * A word of sh, bash, zsh and ksh that stands for the text, NUL excepted, that a terminal shows and does not obey, and
 * that is the same in `eval "$(…)"` and `eval $(…)`, unless the text ends with a line break: `printf`, which all shells
 * have built in, makes what would be changed.
 */
export function quotePosixPrintably(text: string): string {
  if (PLAIN_POSIX.test(text) || text.search(fragile()) < 0) return quotePosix(text);
  return inPieces(text, {
    apart: fragile(),
    plain: quotePosix,
    special: (piece) => `"$(printf '${[...piece].map(octalBytes).join("")}')"`,
  });
}

interface Pieces {
  /** What is written in a special way; one group is around all of it. */
  readonly apart: RegExp;
  readonly plain: (piece: string) => string;
  readonly special: (piece: string) => string;
}

/** The text, divided where special parts begin and end, each part as it is to be written. */
function inPieces(text: string, { apart, plain, special }: Pieces): string {
  return text.split(apart).map((piece, at) => {
    if (piece === "") return "";
    return at % 2 === 0 ? plain(piece) : special(piece);
  }).join("");
}

/**
 * A word of fish that stands for the text, NUL excepted: between single quotes only `\` and `'` mean something, and what
 * a terminal would obey is escaped between them. https://fishshell.com/docs/current/language.html#quotes
 */
export function quoteFish(text: string): string {
  if (!hasControlCharacters(text)) return quoteFishPlain(text);
  const special = (piece: string) => [...piece].map(fishEscape).join("");
  return inPieces(text, { apart: control(), plain: quoteFishPlain, special });
}

function quoteFishPlain(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}

function fishEscape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
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

/** Where readers of `.env` files that know `\\` and `\'` between single quotes take text for something else. */
const ESCAPED_SINGLY = /'|\\\\|\\$/;

/** As POSIX has it: between single quotes a backslash is one, which fish alone does not know. */
function quoteSingly(text: string): string {
  if (PLAIN_POSIX.test(text)) return text;
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/**
 * The value as it stands in a `.env` file, always as a shell that sources the file reads it. Readers of such files
 * differ, so each value is written in the first of these forms that does: as it is; between single quotes without any
 * escape (all readers); between double quotes with `\\` and `\"` (python-dotenv and compose); as for a shell, which alone
 * has a form for a single quote or `\\\\` beside `$` or a backquote, and for a backslash at the end. No form can keep
 * readers that expand `${NAME}` everywhere from doing so.
 */
export function quoteDotenv(text: string): string {
  if (PLAIN_POSIX.test(text)) return text;
  if (!ESCAPED_SINGLY.test(text)) return `'${text}'`;
  if (!/[$`]|\\$/.test(text)) return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  // A backslash in front of a closing quote is where readers lose the lines that follow.
  const [, most = "", end = ""] = /^([^]*?)(\\*)$/.exec(text) ?? [];
  return `${most === "" ? "" : quoteSingly(most)}${end.replaceAll("\\", "\\\\")}`;
}
