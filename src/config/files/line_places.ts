/** Finds lines and columns (both from 1) of many offsets in one text, as placeAt does for one. */
export class LinePlaces {
  readonly #starts: number[] = [0];
  readonly #bom: number;

  constructor(text: string) {
    this.#bom = text.startsWith("\uFEFF") ? 1 : 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - this.#starts[low]! + 1 - (low === 0 ? this.#bom : 0);
    return { line: low + 1, column: Math.max(1, column) };
  }
}
