import { eastAsianWidth } from "get-east-asian-width";

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });
const ASCII = /^[ -~]*$/;
/** Emoji of one or more code points: with skin tones, flags, key caps and joiners. */
const EMOJI = /^\p{RGI_Emoji}$/v;
/** Emoji that lack a variation selector somewhere, which terminals draw all the same. */
const UNQUALIFIED =
  /^(?:[\d#*]\u20e3|\p{Extended_Pictographic}\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\p{Emoji_Modifier}?)+)$/u;
/** Code points that take no column of their own: marks, joiners, and the later letters of a Hangul syllable. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}\u1160-\u11ff\ud7b0-\ud7fb]$/u;

/** The characters of a text as users see them: a letter with its marks, or an emoji of several code points, is one. */
export function splitGraphemes(text: string): readonly string[] {
  return ASCII.test(text) ? [...text] : Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}

/** The number of terminal columns that a text without control characters takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return splitGraphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

function graphemeWidth(grapheme: string): number {
  if (EMOJI.test(grapheme) || UNQUALIFIED.test(grapheme.replaceAll("\ufe0f", ""))) return 2;
  return [...grapheme].reduce((width, character) => width + characterWidth(character), 0);
}

function characterWidth(character: string): number {
  return ZERO.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
}

/** The beginning of a text that takes at most so many columns, with "…" where it was cut. */
export function cutTo(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let [cut, width] = ["", 1];
  for (const grapheme of splitGraphemes(text)) {
    width += graphemeWidth(grapheme);
    if (width > columns) break;
    cut += grapheme;
  }
  return columns < 1 ? "" : `${cut}…`;
}

/** The text, filled with spaces to so many columns. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}
