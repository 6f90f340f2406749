import type { Chain } from "./chain.ts";
import type { AuthModel, Identity } from "./model.ts";

type Named = Pick<AuthModel, "identities" | "found" | "ownNames">;

/**
 * Returns the name of an account, as the identity that is used, another one, or a login says it; undefined where none
 * does. What a repository calls an account is none of the names that the user's own identities have for it.
 */
export function findAccountName(
  model: Named,
  { account, chain }: { readonly account: string; readonly chain: Chain },
): string | undefined {
  const own = chain.identities.at(-1)!;
  // One that has only a name is in the account that it is used for.
  if (own.accountId === undefined || own.accountId === account) {
    const name = nameIn(model, { identity: own, account });
    if (name !== undefined) return name;
  }
  return getNames(model).get(nameKey(model, { identity: own, account })) ?? model.found?.accountNames.get(account);
}

/** Accounts of all identities are named one after the other. */
const namesOfModels = new WeakMap<AuthModel["identities"], ReadonlyMap<string, string>>();

function getNames(model: Named): ReadonlyMap<string, string> {
  const known = namesOfModels.get(model.identities);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (const identity of model.identities.values()) {
    const { accountId: account } = identity;
    const name = account === undefined ? undefined : nameIn(model, { identity, account });
    if (account === undefined || name === undefined) continue;
    // The first that names an account says it.
    const key = nameKey(model, { identity, account });
    if (!names.has(key)) names.set(key, name);
  }
  namesOfModels.set(model.identities, names);
  return names;
}

interface InAccount {
  readonly identity: Identity;
  readonly account: string;
}

function nameKey(model: Named, { identity, account }: InAccount): string {
  return `${account} ${isUsersOwn(model, identity) ? "own" : "other"}`;
}

function isUsersOwn({ ownNames }: Named, { name }: Identity): boolean {
  return ownNames?.has(name.toLowerCase()) === true;
}

/** The digits of another account are none: they would be taken for that one. */
function nameIn(model: Named, { identity, account }: InAccount): string | undefined {
  const said = "account" in identity && typeof identity.account === "object" ? identity.account.name : undefined;
  const name = isUsersOwn(model, identity) ? model.ownNames!.get(identity.name.toLowerCase()) : said;
  return name !== undefined && /^\d{12}$/.test(name) && name !== account ? undefined : name;
}
