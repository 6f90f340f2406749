import type { Needs } from "../../host/host.ts";
import type { TextForm } from "../client/answer.ts";
import { checkedPages } from "../client/pages.ts";
import { ssoFailure } from "./errors.ts";
import { MOST_A_PAGE } from "./list_accounts.ts";
import { ssoClient, type SsoSession } from "./sso_client.ts";

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html */
const ROLE_NAME: TextForm = { pattern: /^[\w+=,.@-]+$/, most: 64 };

/**
 * The names of every permission set the person may use in an account. Permissions net, clock. Errors as for
 * getRoleCredentials.
 * https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccountRoles.html
 */
export async function listAccountRoles(
  host: Needs<"net" | "clock">,
  input: SsoSession & { readonly accountId: string },
): Promise<readonly string[]> {
  const { accountId } = input;
  const client = await ssoClient(host, input);
  const { paginateListAccountRoles } = await import("@aws-sdk/client-sso");
  const request = { accountId, accessToken: input.accessToken.reveal() };
  try {
    const names: string[] = [];
    for await (const page of checkedPages(paginateListAccountRoles({ client, pageSize: MOST_A_PAGE }, request))) {
      names.push(...page.parts("roleList").map((role) => role.text("roleName", ROLE_NAME)));
    }
    return names;
  } catch (error) {
    const doing = `list your permission sets in account "${accountId}"`;
    throw await ssoFailure(host, { error, doing, action: "ListAccountRoles", place: input });
  }
}
