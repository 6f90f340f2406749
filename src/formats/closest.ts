const MOST = 3;

/**
 * The candidates that someone who typed `word` may have meant, closest first, at most three. Upper and lower case
 * count as the same. A candidate is plausible when about one character in three differs at most, or when it starts
 * with what was typed.
 */
export function closest(word: string, candidates: readonly string[]): string[] {
  const typed = word.toLowerCase();
  const ranked = [...new Set(candidates)].map((candidate) => ({
    candidate,
    rank: rank(typed, candidate.toLowerCase()),
  }));
  return ranked
    .filter((one) => one.rank !== undefined)
    .sort((a, b) => a.rank! - b.rank! || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, MOST)
    .map((one) => one.candidate);
}

function rank(typed: string, candidate: string): number | undefined {
  const allowed = Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
  const short = typed.length < 2 || candidate.length < 2;
  const distance = Math.abs(typed.length - candidate.length) > allowed ? Infinity : editDistance(typed, candidate);
  if (distance <= allowed && !(short && distance > 0)) return distance;
  return typed.length >= 2 && candidate.startsWith(typed) ? allowed + 1 : undefined;
}

/** Damerau-Levenshtein distance (optimal string alignment): insert, delete, replace, swap of neighbours cost 1 each. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
        ? beforeLast[column - 2]! + 1
        : Infinity;
      current.push(
        Math.min(last[column]! + 1, current[column - 1]! + 1, replaced, row > 1 && column > 1 ? swapped : Infinity),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length]!;
}
