import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { listAccountRoles } from "./list_account_roles.ts";
import { listAccounts, type SsoAccount } from "./list_accounts.ts";
import type { SsoSession } from "./sso_client.ts";

/** An account with the permission sets in it that the person may use. */
export interface AccountRoles extends SsoAccount {
  readonly roles: readonly string[];
}

/** How far a list is. */
export interface ListProgress {
  readonly accounts: number;
  readonly asked: number;
}

interface PermissionSets {
  /** By name and id. */
  readonly accounts: readonly AccountRoles[];
  /** Accounts whose permission sets could not be listed. */
  readonly failures: readonly { readonly account: SsoAccount; readonly error: AppError }[];
}

/**
 * Returns every account and permission set of the person. All accounts are asked at once: the caller's `net` says how
 * many requests are under way at a time. Permissions net, clock.
 * @throws {AppError} as listAccounts, and login-needed where the session ends meanwhile
 */
export async function listPermissionSets(
  host: Needs<"net" | "clock">,
  { session, progress }: { readonly session: SsoSession; readonly progress?: (progress: ListProgress) => void },
): Promise<PermissionSets> {
  const accounts = await listAccounts(host, session);
  let asked = 0;
  const all = await Promise.all(accounts.map(async (account) => {
    const found = await rolesOrFailure(host, { session, account });
    progress?.({ accounts: accounts.length, asked: ++asked });
    return found;
  }));
  return {
    accounts: all.flatMap((one) => "error" in one ? [] : [one]).toSorted(byName),
    failures: all.flatMap((one) => "error" in one ? [one] : []),
  };
}

async function rolesOrFailure(
  host: Needs<"net" | "clock">,
  { session, account }: { readonly session: SsoSession; readonly account: SsoAccount },
): Promise<AccountRoles | { readonly account: SsoAccount; readonly error: AppError }> {
  try {
    const roles = await listAccountRoles(host, { ...session, accountId: account.id });
    return { ...account, roles: roles.toSorted() };
  } catch (error) {
    if (!(error instanceof AppError) || FATAL.has(error.code)) throw error;
    return { account, error };
  }
}

const FATAL: ReadonlySet<string> = new Set(["login-needed", "interrupted"]);

function byName(one: AccountRoles, other: AccountRoles): number {
  const keys = ({ name, id }: AccountRoles) => [name.toLowerCase(), id].join("\n");
  return keys(one) < keys(other) ? -1 : 1;
}
