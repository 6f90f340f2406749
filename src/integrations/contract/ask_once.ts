/** What AWS was asked in one run, and what it answers: integrations that need the same share it. */
export type OneQuestion = Map<string, Promise<unknown>>;

/** Returns the response to what was asked before under the same key, else asks. Keys of different answers differ. */
export function askOnce<T>(
  asked: OneQuestion | undefined,
  { key, ask }: { readonly key: readonly (string | undefined)[]; readonly ask: () => Promise<T> },
): Promise<T> {
  const name = JSON.stringify(key);
  // Under one key there are answers of one type.
  const answer = asked?.get(name) as Promise<T> | undefined ?? ask();
  asked?.set(name, answer);
  return answer;
}
