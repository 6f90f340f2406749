/**
 * How many values and characters one template may look at and make, which takes a second or two. What people write
 * takes some thousands.
 */
const MOST = 10_000_000;

/** The same of all templates of a repository together: ten of the longest, or some ten thousand of the usual ones. */
const MOST_TOGETHER = 100_000_000;

/** What is left for the template that runs now. One runs at a time, and to its end. */
let left = Infinity;
/** What is left for all since {@link limitEffortTogether}. */
let leftTogether = Infinity;

/** Begins to count what all templates take together. */
export function limitEffortTogether(most = MOST_TOGETHER): void {
  leftTogether = most;
}

/** A template that has been at work for too long. */
class EffortError extends Error {
  override readonly name = "EffortError";
}

/** What `act` gives, for the effort of one template. */
export function withEffort<T>(act: () => T): T {
  const before = left;
  left = Math.min(left, MOST);
  try {
    return act();
  } finally {
    left = before;
  }
}

/** Counts an effort before or while it is made; throws when it is more than a template may make. */
export function spend(effort: number): void {
  left -= effort;
  leftTogether -= effort;
  if (leftTogether < 0) throw new EffortError("the templates of this repository take too much work");
  if (left < 0) throw new EffortError("this template takes too much work");
}

/** Counts what going through a value takes, but not through what is in it. */
export function spendOnCopy(value: unknown): void {
  spend(typeof value === "string" ? 1 + value.length / 2 : Array.isArray(value) ? 1 + value.length / 8 : 1);
}

/** Counts a value with all that is in it, each time that it is in it. */
export function spendOnAll(value: unknown): void {
  spendOnCopy(value);
  if (typeof value === "object" && value !== null) { for (const part of Object.values(value)) spendOnAll(part); }
}

/** What is wrong, in words, when a value or a text has no end; undefined for any other error. */
export function getExcess(error: unknown): string | undefined {
  if (error instanceof EffortError) return error.message;
  if (!(error instanceof RangeError)) return undefined;
  if (/call stack/.test(error.message)) return "a value is nested too deeply";
  return /^Invalid (?:string|array|count)/.test(error.message) ? "the text would be too long" : undefined;
}
