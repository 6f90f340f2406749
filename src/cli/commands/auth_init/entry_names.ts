import type { SsoAccount } from "../../../aws/sso/list_accounts.ts";

/** Returns a name that none of `taken` is, whatever its case: the wanted one, else with a number behind it. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const isFree = (name: string) => !taken.has(name.toLowerCase());
  if (isFree(wanted)) return wanted;
  for (let count = 2;; count++) if (isFree(`${wanted}-${count}`)) return `${wanted}-${count}`;
}

/** Returns the names in lower case, as freeName wants them. */
export function foldedNames(names: Iterable<string>): Set<string> {
  return new Set([...names].map((name) => name.toLowerCase()));
}

/**
 * Returns the word for each account that names of identities and integrations begin with: its name in lower case, letters,
 * digits, dots and dashes alone; with its id where others would have the same, and the id where nothing of it is left.
 */
export function accountWords(accounts: readonly SsoAccount[]): ReadonlyMap<string, string> {
  const words = accounts.map(({ id, name }) => ({ id, word: makeWord(name) }));
  const counts = Map.groupBy(words, ({ word }) => word);
  return new Map(words.map(({ id, word }) => {
    if (word === "") return [id, id];
    return [id, counts.get(word)!.length > 1 ? `${word}-${id}` : word];
  }));
}

function makeWord(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
}

/** Returns a name for the provider of a start URL: the company's own part of it, else "sso". */
export function providerName(startUrl: string): string {
  const { hostname } = new URL(startUrl);
  const own = /^([a-z][a-z0-9-]*)\.awsapps\.com$/.exec(hostname)?.[1];
  return own === undefined || /^d-[0-9a-f]{10}$/.test(own) ? "sso" : own;
}
