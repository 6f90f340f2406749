import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsEndpoint } from "../client/client_config.ts";
import { awsFailure } from "../errors/aws_error.ts";
import { failureName, getMessage } from "../client/sdk_error.ts";
import { closest } from "../../formats/text/closest.ts";
import { LOGIN, remedy } from "../../remedy.ts";

interface SsoFailure {
  readonly error: unknown;
  readonly doing: string;
  /** The call, e.g. "ListAccounts". */
  readonly action: string;
  readonly place: AwsEndpoint;
}

/** The failure of a call with the access token of IAM Identity Center: "login-needed" when the token is no good. */
export async function ssoFailure(host: Needs<"clock">, failure: SsoFailure): Promise<AppError> {
  const { error, doing, place } = failure;
  if (failureName(error) === "UnauthorizedException") {
    return new AppError("login-needed", `Cannot ${doing}: the session was revoked or has expired`, {
      hint: remedy`Log in again: ${LOGIN}`,
      cause: error,
    });
  }
  if (failureName(error) === "ForbiddenException") {
    return new AppError("aws-denied", `Cannot ${doing}: you have no access (${getMessage(error)})`, {
      hint: "See which accounts and permission sets are yours: open start_url in a browser",
      cause: error,
    });
  }
  const endpoint = place.settings.endpoints.sso;
  return await awsFailure(host, {
    error,
    doing,
    action: `sso:${failure.action}`,
    otherwise: "login-denied",
    about: { region: place.region },
    profile: place.settings.profile,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
}

const SHOWN = 5;

interface RefusedPermissionSet {
  readonly accountId: string;
  readonly roleName: string;
  readonly cause: unknown;
  /** The permission sets of the account that the person may use. */
  readonly list: () => Promise<readonly string[]>;
}

/**
 * "aws-denied" for a permission set that is not the person's, with a hint made of those that are. That list is a
 * courtesy: when it cannot be had, the hint is where to look.
 */
export async function explainPermissionSet(input: RefusedPermissionSet): Promise<AppError> {
  const { accountId, roleName, cause } = input;
  const allowed = await input.list().catch(() => undefined);
  const found = `you may not use it (${getMessage(cause)})`;
  return new AppError(
    "aws-denied",
    `Cannot get credentials of permission set "${roleName}" in account "${accountId}": ${found}`,
    { hint: hint(input, allowed), cause, facts: { account: accountId, permissionSet: roleName } },
  );
}

function hint({ accountId, roleName }: RefusedPermissionSet, allowed: readonly string[] | undefined): string {
  if (allowed === undefined) return "See which accounts and permission sets are yours: open start_url in a browser";
  if (allowed.length === 0) return `You have no permission set in account ${accountId}: ask for one to be assigned`;
  const near = closest(roleName, allowed);
  const rest = allowed.filter((one) => !near.includes(one)).toSorted();
  const shown = [...near, ...rest].slice(0, SHOWN);
  const more = allowed.length - shown.length;
  const list = `In account ${accountId} you may use: ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
  return near.length > 0 ? `Did you mean "${near[0]}"? ${list}` : list;
}
