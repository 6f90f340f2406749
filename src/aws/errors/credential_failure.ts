import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { awsFailure, loginHint } from "./aws_error.ts";
import { failureName, messageOf } from "../client/sdk_error.ts";

const LOGIN_IS_OVER = /sso session|session token not found|token .*(expired|invalid)|aws sso login|aws login/i;

interface FailedSource {
  readonly error: unknown;
  /** Completes "Cannot get AWS credentials from …"; those of the profile when absent. */
  readonly from?: string;
  readonly profile: string;
}

/** Why credentials that are set up could not be had: "login-needed", or what the failed call means. */
export async function credentialFailure(host: Needs<"clock">, input: FailedSource): Promise<AppError> {
  const { profile, from } = input;
  const error = netCause(input.error) ?? input.error;
  const name = failureName(error);
  const doing = `get AWS credentials ${from === undefined ? `of profile "${profile}"` : `from ${from}`}`;
  if (name !== "CredentialsProviderError" && name !== "TokenProviderError") {
    return await awsFailure(host, { error, doing, action: "sts:AssumeRole", otherwise: "login-denied", profile });
  }
  const message = messageOf(error);
  const flag = profile === "default" ? "" : ` --profile ${profile}`;
  const hint = LOGIN_IS_OVER.test(message) ? loginHint(profile) : `Check what is set up: aws configure list${flag}`;
  return new AppError("login-needed", `Cannot ${doing}: ${message}`, { hint, cause: error });
}

/** The network failure below the SDK's own wrapping. */
function netCause(error: unknown): NetError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at instanceof NetError) return at;
  }
  return undefined;
}
