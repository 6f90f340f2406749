import { listAccounts, type SsoAccount } from "../../../../aws/sso/list_accounts.ts";
import { getRoleCredentials } from "../../../../aws/sso/sso.ts";
import type { SsoSession } from "../../../../aws/sso/sso_client.ts";
import type { Named } from "../../../../config/schema/entry.ts";
import { AppError } from "../../../../errors.ts";
import { closest } from "../../../../formats/text/closest.ts";
import type { AwsPermissionSet } from "./schema.ts";
import type { LoginHost } from "../../../flow/login_host.ts";
import { type AssumeIdentity, unfitOrigin } from "../assume.ts";

/** Those that IAM Identity Center gives for the account; a session that AWS no longer takes is replaced once. */
export const assume: AssumeIdentity<AwsPermissionSet> = async (host, { identity, from }) => {
  if (from.kind !== "sso") throw unfitOrigin(identity, "a provider of kind aws/iam-identity-center");
  const ask = async (session: SsoSession) => {
    const accountId = await resolveAccountId(host, { identity, session });
    return await getRoleCredentials(host, { ...session, accountId, roleName: identity.permissionSet });
  };
  const session = await from.login();
  try {
    return await ask(session);
  } catch (error) {
    // The session looked good, and was revoked at AWS.
    if (!(error instanceof AppError) || error.code !== "login-needed") throw error;
    return await ask(await from.login(session));
  }
};

async function resolveAccountId(
  host: LoginHost,
  { identity, session }: { readonly identity: AwsPermissionSet & Named; readonly session: SsoSession },
): Promise<string> {
  if (identity.account.id !== undefined) return identity.account.id;
  const wanted = identity.account.name!;
  const accounts = await listAccounts(host, session);
  const exact = accounts.filter(({ name }) => name === wanted);
  const found = exact.length > 0 ? exact : accounts.filter(({ name }) => same(name, wanted));
  if (found.length === 1) return found[0]!.id;
  const start = `Cannot use identity "${identity.name}": `;
  throw found.length > 1 ? severalAccounts(start, { wanted, found }) : noAccount(start, { wanted, accounts });
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function severalAccounts(
  start: string,
  { wanted, found }: { readonly wanted: string; readonly found: readonly SsoAccount[] },
): AppError {
  const ids = found.map(({ id }) => id).join(", ");
  return new AppError("config-invalid", `${start}${found.length} accounts are named "${wanted}": ${ids}`, {
    hint: "Set principal.account to the ID of one of them",
  });
}

function noAccount(
  start: string,
  { wanted, accounts }: { readonly wanted: string; readonly accounts: readonly SsoAccount[] },
): AppError {
  const names = accounts.map(({ name }) => name);
  const near = closest(wanted, names);
  const known = near.length > 0 ? near : names.slice(0, 5);
  return new AppError("config-invalid", `${start}you have no account named "${wanted}"`, {
    hint: known.length === 0
      ? "This login has no account at all: ask its administrator"
      : `Available: ${known.join(", ")}`,
  });
}
