import { AppError } from "../errors.ts";
import type { IniSection } from "../formats/ini.ts";
import type { Needs } from "../host/host.ts";
import { type Credentials, keepSecret } from "./credentials.ts";
import type { Profile } from "./profile.ts";

/** A profile with one of these gets its credentials elsewhere, whatever keys stand beside them. */
const ELSEWHERE = ["role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"];

/**
 * The access keys that lie ready: AWS_ACCESS_KEY_ID and its companions, unless --profile was given; else the keys
 * in the profile itself. undefined when something has to be asked for them. Order as in the AWS CLI:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-authentication.html
 */
export function staticCredentials(host: Needs<"env">, profile: Profile): Credentials | undefined {
  const fromEnv = profile.namedBy === "flag" ? undefined : environmentKeys(host);
  return fromEnv ?? profileKeys(profile.section);
}

function environmentKeys(host: Needs<"env">): Credentials | undefined {
  const accessKeyId = host.env.get("AWS_ACCESS_KEY_ID");
  const secretAccessKey = host.env.get("AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) throw half(accessKeyId === undefined);
  const sessionToken = host.env.get("AWS_SESSION_TOKEN");
  return withExpiration(keepSecret({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }), host);
}

function withExpiration(credentials: Credentials, host: Needs<"env">): Credentials {
  const expiration = Date.parse(host.env.get("AWS_CREDENTIAL_EXPIRATION") ?? "");
  return Number.isNaN(expiration) ? credentials : { ...credentials, expiration };
}

function profileKeys(section: IniSection): Credentials | undefined {
  if (ELSEWHERE.some((key) => section.has(key))) return undefined;
  const [accessKeyId, secretAccessKey, sessionToken] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
  ]
    .map((key) => section.get(key));
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  return keepSecret({
    accessKeyId,
    secretAccessKey,
    ...(typeof sessionToken === "string" && sessionToken !== "" ? { sessionToken } : {}),
  });
}

function half(idIsMissing: boolean): AppError {
  const [there, missing] = idIsMissing
    ? ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"]
    : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  return new AppError("login-needed", `Cannot use ${there}: ${missing} is not set`, {
    hint: `Set both or neither: export ${missing}=…`,
  });
}
