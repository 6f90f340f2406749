import type { Needs } from "../../host/host.ts";
import { ACCOUNT_ID, LINE } from "../client/answer.ts";
import { checkedPages } from "../client/pages.ts";
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
    for await (const page of checkedPages(paginateListAccounts({ client, pageSize: MOST_A_PAGE }, request))) {
      accounts.push(
        ...page.parts("accountList").map((found) => ({
          id: found.text("accountId", ACCOUNT_ID),
          name: found.optionalText("accountName", LINE) ?? "",
          email: found.optionalText("emailAddress", LINE) ?? "",
        })),
      );
    }
    return accounts;
  } catch (error) {
    throw await ssoFailure(host, { error, doing: "list your AWS accounts", action: "ListAccounts", place: session });
  }
}

/** More would be refused. https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html */
export const MOST_A_PAGE = 100;
