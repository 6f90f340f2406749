import type { Needs } from "../../host/host.ts";
import { Answer } from "../client/answer.ts";
import { unsignedConfig } from "../client/client_config.ts";
import type { Credentials } from "../client/credentials.ts";
import { LOWER } from "../client/read_credentials.ts";
import { failureName } from "../client/sdk_error.ts";
import { watchClock } from "../errors/clock_skew.ts";
import { issuedCredentials } from "../errors/issued_credentials.ts";
import { explainPermissionSet, ssoFailure } from "./errors.ts";
import { listAccountRoles } from "./list_account_roles.ts";
import type { SsoSession } from "./sso_client.ts";

/** A permission set in an account. */
interface PermissionSet {
  readonly accountId: string;
  readonly roleName: string;
}

const REFUSED: ReadonlySet<string> = new Set(["ForbiddenException", "ResourceNotFoundException"]);

/**
 * Credentials of a permission set in an account. Permissions net, clock. Errors: "login-needed" when the session was
 * revoked or has expired, "aws-denied" for a permission set that is not the caller's (the hint names those that are),
 * "login-denied", "unreachable", "timeout", "host-not-allowed".
 * https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 */
export async function getRoleCredentials(
  host: Needs<"net" | "clock">,
  input: SsoSession & PermissionSet,
): Promise<Credentials> {
  const { accountId, roleName } = input;
  const watched = watchClock(host);
  const config = unsignedConfig(watched.host, { service: "sso", place: input });
  const { SSOClient, GetRoleCredentialsCommand } = await import("@aws-sdk/client-sso");
  const request = { accountId, roleName, accessToken: input.accessToken.reveal() };
  try {
    const answer = new Answer(await new SSOClient(config).send(new GetRoleCredentialsCommand(request)));
    const issued = { found: answer.part("roleCredentials"), names: LOWER, account: accountId };
    return issuedCredentials({ ...issued, clock: watched.last(), now: host.clock.now() });
  } catch (error) {
    if (REFUSED.has(failureName(error))) {
      throw await explainPermissionSet({
        accountId,
        roleName,
        cause: error,
        list: () => listAccountRoles(host, input),
      });
    }
    const doing = `get credentials of permission set "${roleName}" in account "${accountId}"`;
    throw await ssoFailure(host, { error, doing, action: "GetRoleCredentials", place: input });
  }
}

/**
 * Ends the session at AWS; one that is over already is no error. Permissions net, clock. Errors as for
 * {@link getRoleCredentials}.
 * https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_Logout.html
 */
export async function logout(host: Needs<"net" | "clock">, input: SsoSession): Promise<void> {
  const config = unsignedConfig(host, { service: "sso", place: input });
  const { SSOClient, LogoutCommand } = await import("@aws-sdk/client-sso");
  try {
    await new SSOClient(config).send(new LogoutCommand({ accessToken: input.accessToken.reveal() }));
  } catch (error) {
    if (failureName(error) === "UnauthorizedException") return;
    throw await ssoFailure(host, { error, doing: "log out of IAM Identity Center", action: "Logout", place: input });
  }
}
