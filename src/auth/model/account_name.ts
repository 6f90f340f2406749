import type { Chain } from "./chain.ts";
import type { AuthModel, Identity } from "./model.ts";

/**
 * Returns the name of an account, as the identity that is used, another one of atmos.yaml, or a login says it; undefined
 * where none does.
 */
export function findAccountName(
  { identities, found }: Pick<AuthModel, "identities" | "found">,
  { account, chain }: { readonly account: string; readonly chain: Chain },
): string | undefined {
  const own = chain.identities.at(-1)!;
  // One that has only a name is in the account that it is used for.
  if (own.accountId === undefined || own.accountId === account) {
    const name = nameIn(own);
    if (name !== undefined) return name;
  }
  return getNames(identities).get(account) ?? found?.accountNames.get(account);
}

/** Accounts of all identities are named one after the other. */
const namesOfModels = new WeakMap<AuthModel["identities"], ReadonlyMap<string, string>>();

function getNames(identities: AuthModel["identities"]): ReadonlyMap<string, string> {
  const known = namesOfModels.get(identities);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (const one of identities.values()) {
    const name = nameIn(one);
    // The first that names an account says it.
    if (one.accountId !== undefined && name !== undefined && !names.has(one.accountId)) names.set(one.accountId, name);
  }
  namesOfModels.set(identities, names);
  return names;
}

function nameIn(identity: Identity): string | undefined {
  return "account" in identity && typeof identity.account === "object" ? identity.account.name : undefined;
}
