import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import { awsFailure, loginHint } from "./failure.ts";
import type { Profile } from "./profile.ts";
import { failureName, messageOf } from "./sdk_error.ts";

const NOTHING_FOUND = /Could not load credentials from any providers|Could not resolve credentials using profile/;
const LOGIN_IS_OVER = /sso session|session token not found|token .*(expired|invalid)|aws sso login|aws login/i;
// What the SDK's metadata clients say when nobody is there, or when they may not look.
const NOBODY_THERE = /instance metadata service|^TimeoutError|^NotCapable/i;

/** Why the ambient credentials could not be had: "login-needed", or what the failed call means. */
export async function credentialFailure(
  host: Needs<"clock">,
  input: { readonly error: unknown; readonly profile: Profile },
): Promise<AppError> {
  const { error, profile } = input;
  const name = failureName(error);
  const message = messageOf(error);
  if (NOTHING_FOUND.test(message) || NOBODY_THERE.test(`${name} ${message}`)) return nothingFound(input);
  if (name !== "CredentialsProviderError" && name !== "TokenProviderError") {
    return await awsFailure(host, { error, ...context(profile.name) });
  }
  const hint = LOGIN_IS_OVER.test(message) ? loginHint(profile.name) : "Check the profile with: aws configure list";
  return new AppError("login-needed", `Cannot get AWS credentials of profile "${profile.name}": ${message}`, {
    hint,
    cause: error,
  });
}

function context(profile: string) {
  return {
    doing: `get AWS credentials of profile "${profile}"`,
    action: "sts:AssumeRole",
    otherwise: "login-denied",
    profile,
  } as const;
}

function nothingFound(input: { readonly error: unknown; readonly profile: Profile }): AppError {
  const { profile, error } = input;
  const found = profile.namedBy === "none"
    ? "Cannot find AWS credentials: there are none in the environment, in ~/.aws, nor from a container or instance"
    : `Cannot find AWS credentials of profile "${profile.name}": it names no way to get them`;
  const flag = profile.name === "default" ? "" : ` --profile ${profile.name}`;
  return new AppError("login-needed", found, {
    hint: `Log in: aws sso login${flag}, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    cause: error,
  });
}
