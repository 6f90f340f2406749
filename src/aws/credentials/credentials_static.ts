import { AppError } from "../../errors.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";
import { readKey } from "../shared_config/read_key.ts";

/** The keys of AWS_ACCESS_KEY_ID and its companions; AppError "login-needed" when one of the two is missing. */
export function environmentKeys(host: Needs<"env">): Credentials | undefined {
  const accessKeyId = host.env.get("AWS_ACCESS_KEY_ID");
  const secretAccessKey = host.env.get("AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) throw half(accessKeyId === undefined);
  const sessionToken = host.env.get("AWS_SESSION_TOKEN");
  return withExpiration(host, keepSecret({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }));
}

function withExpiration(host: Needs<"env">, credentials: Credentials): Credentials {
  const expiration = Date.parse(host.env.get("AWS_CREDENTIAL_EXPIRATION") ?? "");
  return Number.isNaN(expiration) ? credentials : { ...credentials, expiration };
}

function half(idIsMissing: boolean): AppError {
  const [there, missing] = idIsMissing
    ? ["AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"]
    : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  return new AppError("login-needed", `Cannot use ${there}: ${missing} is not set`, {
    hint: `Set both or neither: export ${missing}=…`,
  });
}

/** Whether a profile has keys of its own, or one of the two. */
export function hasKeys(section: IniSection): boolean {
  return section.has("aws_access_key_id") || section.has("aws_secret_access_key");
}

/** Returns the keys that stand in a profile; undefined when one of them is missing or empty. */
export function profileKeys(section: IniSection): Credentials | undefined {
  const accessKeyId = readKey(section, "aws_access_key_id");
  const secretAccessKey = readKey(section, "aws_secret_access_key");
  const sessionToken = readKey(section, "aws_security_token") ?? readKey(section, "aws_session_token");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return keepSecret({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) });
}
