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
  const others = [...identities.values()].filter(({ accountId }) => accountId === account);
  return others.map(nameIn).find((name) => name !== undefined) ?? found?.accountNames.get(account);
}

function nameIn(identity: Identity): string | undefined {
  return "account" in identity && typeof identity.account === "object" ? identity.account.name : undefined;
}
