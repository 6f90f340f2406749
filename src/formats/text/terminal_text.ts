/** Text that a terminal shows and does not obey. */

/**
 * What no one sees, or what turns the direction of writing: C1 controls, separators of lines, blanks that are no spaces,
 * marks and fillers without a width.
 */
const HIDDEN =
  "[\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\p{Default_Ignorable_Code_Point}\\u2800\\u007f-\\u009f\\ufff9-\\ufffb]";
/** Joiners and variation selectors: writing and pictures are made with them, and anywhere else no one sees them. */
const JOINING = "[\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]";
const JOINED = `[[\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}]--[A-Za-z${HIDDEN}]]`;
/** After what they may join; a selector may stand before a joiner, and in a key cap. */
const STRAY = `(?<!${JOINED})(?<!${JOINED}\\ufe0f(?=\\u200d))(?!\\ufe0f\\u20e3)${JOINING}`;
const UNSEEN = `(?:[${HIDDEN}--${JOINING}]|${STRAY})`;
const anyUnseen = lazyPattern(UNSEEN);
/** What a terminal would obey, or not show, for {@link lazyPattern}. */
export const UNSAFE = `(?:\\p{Cc}|${UNSEEN})`;
const anyUnsafe = lazyPattern(UNSAFE);

/** Nothing else can be unseen, and nearly no text has any of it. */
const BEYOND_ASCII = /[\x7f-\uffff]/;
const PRINTABLE_ASCII = /^[ -~]*$/;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Returns one line of text with everything that a terminal would obey, or not show, as an escape: `\x1b`, `\u202e`. */
export function escapeControls(text: string): string {
  return hasUnsafe(text) ? text.replace(anyUnsafe(), (found) => SHORT[found] ?? escapeUnits(found, 2)) : text;
}

/** Returns a text that is laid out already, whose line breaks and colors stay, with all else as {@link escapeControls}. */
export function escapeUnseen(text: string): string {
  return hasUnseen(text) ? text.replace(anyUnseen(), (found) => escapeUnits(found, 2)) : text;
}

/** Returns JSON that means the same, with what no one would see in it as JSON writes an escape. */
export function escapeUnseenInJson(text: string): string {
  return hasUnseen(text) ? text.replace(anyUnseen(), (found) => escapeUnits(found, 4)) : text;
}

/** Whether something in the text would not be seen, or turns its direction. */
export function hasUnseen(text: string): boolean {
  return BEYOND_ASCII.test(text) && text.search(anyUnseen()) >= 0;
}

/** Whether a terminal would obey something in the text, or not show it. */
export function hasUnsafe(text: string): boolean {
  return !PRINTABLE_ASCII.test(text) && text.search(anyUnsafe()) >= 0;
}

/**
 * Returns what gives the regular expression, with the flags `g` and `v`, compiled when it is first asked for: the
 * classes of Unicode in one take milliseconds, more than all else that a token does.
 */
export function lazyPattern(source: string): () => RegExp {
  let compiled: RegExp | undefined;
  return () => compiled ??= new RegExp(source, "gv");
}

/** Code units, each with so many digits at least. */
function escapeUnits(found: string, least: 2 | 4): string {
  return found.split("").map((unit) => {
    const digits = unit.charCodeAt(0).toString(16);
    return least === 2 && digits.length <= 2 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
  }).join("");
}
