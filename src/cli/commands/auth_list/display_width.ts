/** Marks that stand on the letter before them, and joiners. */
const NONE = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]$/u;
/** East Asian wide and full-width characters, and pictures. */
const TWO =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** How many columns of a terminal a printable text takes. */
export function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (NONE.test(character) ? 0 : TWO.test(character) ? 2 : 1), 0);
}
