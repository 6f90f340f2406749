import type { Chain } from "../../auth/model/chain.ts";
import type { CallerIdentity } from "../../aws/sts/sts.ts";

/** Returns what is said where AWS has an identity's credentials in another account than its configuration names. */
export function accountConflict(chain: Chain, { account }: Pick<CallerIdentity, "account">): string | undefined {
  const { name, accountId } = chain.identities.at(-1)!;
  if (accountId === undefined || accountId === account) return undefined;
  return `identity "${name}" is in account ${accountId}, but AWS says that its credentials belong to ${account}`;
}

/** What to look at then. */
export const CONFLICT_HINT = "Check the account of the identity, and what responds instead of AWS: AWS_ENDPOINT_URL";
