const MOST_SHOWN = 12;

/** `a -> b -> c`; of very many names only the first ones and the last. */
export function longChain(names: readonly string[]): string {
  const left = names.length - MOST_SHOWN;
  const shown = left < 2 ? names : [...names.slice(0, MOST_SHOWN - 1), `(${left} more)`, ...names.slice(-1)];
  return shown.join(" -> ");
}
