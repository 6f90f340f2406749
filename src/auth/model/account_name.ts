import type { Chain } from "./chain.ts";
import { dirname } from "../../store/paths.ts";
import type { AuthModel, Identity } from "./model.ts";

/**
 * Returns the name of an account, as the identity that is used, another one of the same directory, or a login says it;
 * undefined where none does. What a repository calls an account is none of the user's own identities' names for it.
 */
export function findAccountName(
  { identities, found }: Pick<AuthModel, "identities" | "found">,
  { account, chain }: { readonly account: string; readonly chain: Chain },
): string | undefined {
  const own = chain.identities.at(-1)!;
  // One that has only a name is in the account that it is used for.
  if (own.accountId === undefined || own.accountId === account) {
    const name = nameIn(own, account);
    if (name !== undefined) return name;
  }
  return getNames(identities).get(nameKey(own, account)) ?? found?.accountNames.get(account);
}

/** Accounts of all identities are named one after the other. */
const namesOfModels = new WeakMap<AuthModel["identities"], ReadonlyMap<string, string>>();

function getNames(identities: AuthModel["identities"]): ReadonlyMap<string, string> {
  const known = namesOfModels.get(identities);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (const one of identities.values()) {
    const name = one.accountId === undefined ? undefined : nameIn(one, one.accountId);
    if (name === undefined) continue;
    // The first that names an account says it.
    const key = nameKey(one, one.accountId!);
    if (!names.has(key)) names.set(key, name);
  }
  namesOfModels.set(identities, names);
  return names;
}

function nameKey({ place }: Identity, account: string): string {
  return `${account} ${dirname(place.file)}`;
}

/** The digits of another account are none: they would be taken for that one. */
function nameIn(identity: Identity, account: string): string | undefined {
  const name = "account" in identity && typeof identity.account === "object" ? identity.account.name : undefined;
  return name !== undefined && /^\d{12}$/.test(name) && name !== account ? undefined : name;
}
