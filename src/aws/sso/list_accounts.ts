import type { Needs } from "../../host/host.ts";
import { ssoFailure } from "./errors.ts";
import { ssoClient, type SsoSession } from "./sso_client.ts";

export interface SsoAccount {
  readonly id: string;
  /** Empty when the account has none. */
  readonly name: string;
  readonly email: string;
}

/**
 * Every account the person may use. Permissions net, clock. Errors as for getRoleCredentials.
 * https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html
 */
export async function listAccounts(
  host: Needs<"net" | "clock">,
  session: SsoSession,
): Promise<readonly SsoAccount[]> {
  const client = await ssoClient(host, session);
  const { paginateListAccounts } = await import("@aws-sdk/client-sso");
  const request = { accessToken: session.accessToken.reveal() };
  try {
    const accounts: SsoAccount[] = [];
    for await (const { accountList = [] } of paginateListAccounts({ client, pageSize: MOST_A_PAGE }, request)) {
      for (const { accountId: id, accountName: name = "", emailAddress: email = "" } of accountList) {
        if (id) accounts.push({ id, name, email });
      }
    }
    return accounts;
  } catch (error) {
    throw await ssoFailure(host, { error, doing: "list your AWS accounts", action: "ListAccounts", place: session });
  }
}

/** More would be refused. https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html */
export const MOST_A_PAGE = 100;
