import type { Located } from "../values/located.ts";

/** Files that include one another, one inside the other. */
const MOST_INCLUDES = 16;
/** Values that all includes together may stand for; files that include one another twice each double from one to the next. */
const MOST_INCLUDED = 1_000_000;

/** Ends files that include one another in a circle, too deeply, or into too many values. */
export class IncludeLimit {
  #included = 0;

  /**
   * Returns the files down to this one, itself at the end. Throws RangeError where it is one of them, or they are too
   * many.
   */
  follow(chain: readonly string[], path: string): readonly string[] {
    const longer = [...chain, path];
    if (chain.includes(path)) throw new RangeError(`circular include: ${longer.join(" -> ")}`);
    if (longer.length > MOST_INCLUDES) throw new RangeError(`more than ${MOST_INCLUDES} files include each other`);
    return longer;
  }

  /** Returns what was included. Throws RangeError where all that was is too much. */
  count<T extends Located>(found: T): T {
    this.#included += countValues(found);
    if (this.#included > MOST_INCLUDED) throw new RangeError("the included files add up to too many values");
    return found;
  }
}

function countValues(located: Located): number {
  if (located.kind === "scalar") return 1;
  const parts = located.kind === "list" ? located.items : [...located.entries.values()].map(({ value }) => value);
  return parts.reduce((sum, part) => sum + countValues(part), 1);
}
