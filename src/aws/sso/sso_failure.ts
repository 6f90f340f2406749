import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AwsPlace } from "../client/client_config.ts";
import { awsFailure } from "../errors/aws_error.ts";
import { failureName, messageOf } from "../client/sdk_error.ts";

export interface SsoFailure {
  readonly error: unknown;
  readonly doing: string;
  /** The call, e.g. "ListAccounts". */
  readonly action: string;
  readonly place: AwsPlace;
}

/** The failure of a call with the access token of IAM Identity Center: "login-needed" when the token is no good. */
export async function ssoFailure(host: Needs<"clock">, failure: SsoFailure): Promise<AppError> {
  const { error, doing, place } = failure;
  if (failureName(error) === "UnauthorizedException") {
    return new AppError("login-needed", `Cannot ${doing}: the session was revoked or has expired`, {
      hint: "Log in again: atmos auth login",
      cause: error,
    });
  }
  if (failureName(error) === "ForbiddenException") {
    return new AppError("aws-denied", `Cannot ${doing}: you have no access (${messageOf(error)})`, {
      hint: "See which accounts and permission sets are yours: open start_url in a browser.",
      cause: error,
    });
  }
  return await awsFailure(host, {
    error,
    doing,
    action: `sso:${failure.action}`,
    otherwise: "login-denied",
    profile: place.settings.profile,
  });
}
