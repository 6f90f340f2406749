const MOST = 3;

/**
 * The candidates that someone who typed `word` may have meant, closest first, at most three. Upper and lower case
 * count as the same. A candidate is plausible when about one character in three differs at most, or when it starts
 * with what was typed.
 */
export function closest(word: string, candidates: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, rank: rank(typed, candidate.toLowerCase()) }))
    .filter((one) => one.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, MOST)
    .map((one) => one.candidate);
}

/** How far apart two words are; Infinity when too far. One letter alone is like nothing but itself. */
function rank(typed: string, candidate: string): number {
  if (typed === candidate) return 0;
  if (typed.length < 2 || candidate.length < 2) return Infinity;
  const allowed = Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3));
  const tooLong = Math.abs(typed.length - candidate.length) > allowed;
  const distance = tooLong ? Infinity : editDistance(typed, candidate);
  if (distance <= allowed) return distance;
  return candidate.startsWith(typed) ? allowed + 1 : Infinity;
}

/** Damerau-Levenshtein distance (optimal string alignment): insert, delete, replace and swap neighbours cost 1 each. */
function editDistance(left: string, right: string): number {
  const [a, b] = withoutCommonEnds(left, right);
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = last[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? beforeLast[column - 2]! + 1 : Infinity;
      current.push(Math.min(last[column]! + 1, current[column - 1]! + 1, replaced, swapped));
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length]!;
}

/** Names of one family (`team-a-prod-1`, `team-a-prod-2`) differ in the middle only; the rest need not be compared. */
function withoutCommonEnds(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}
