import { AppError } from "../../errors.ts";
import type { IniSection } from "../../formats/ini/parse_ini.ts";
import type { Needs } from "../../host/host.ts";
import { type Credentials, keepSecret } from "../client/credentials.ts";

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

/** The keys that stand in a profile; the name of the one that is missing. */
export function profileKeys(section: IniSection): Credentials | { readonly missing: string } {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
  ]
    .map((key) => textOf(section, key));
  if (accessKeyId === undefined) return { missing: "aws_access_key_id" };
  if (secretAccessKey === undefined) return { missing: "aws_secret_access_key" };
  return keepSecret({ accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) });
}

function textOf(section: IniSection, key: string): string | undefined {
  const value = section.get(key);
  return typeof value === "string" && value !== "" ? value : undefined;
}
