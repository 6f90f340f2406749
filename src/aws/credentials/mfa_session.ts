import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { type Credentials, isValidFor, keepSecret } from "../client/credentials.ts";
import { parseArn } from "../names/arn.ts";
import { profileFault, profileFlag } from "../shared_config/profile.ts";
import type { MfaCode } from "../sts/sts_session.ts";
import { cliCachePath, parseCliTime, readCliCache, sha1Hex, writeCliCache } from "./cli_cache.ts";
import type { Role } from "./role_profile.ts";

/** Asks the user for the code of an MFA device; undefined without a terminal, or when nothing is typed. */
export type AskMfaCode = (device: string) => Promise<Secret | undefined>;

/** As the AWS CLI: a session with less left is asked for anew. */
const LONG_MS = 15 * 60_000;
/** Where no code can be typed, what is left does until it is over. */
const USABLE_MS = 60_000;

interface MfaSessionInput {
  readonly role: Role & { readonly mfaSerial: string };
  readonly askMfaCode: AskMfaCode | undefined;
  /** Assumes the role; the code is asked for when all else that it takes is there. */
  readonly assume: (code: () => Promise<MfaCode>) => Promise<Credentials>;
}

/**
 * Returns the session of a role that wants an MFA code: the one that the AWS CLI or an earlier run has left in
 * ~/.aws/cli/cache, else a new one, which is left there. AppError "login-needed" where no code can be asked for.
 */
export async function mfaSession(
  host: Needs<"read" | "write" | "env" | "clock" | "random" | "sys">,
  { role, askMfaCode, assume }: MfaSessionInput,
): Promise<Credentials> {
  const path = cliCachePath(host, "cli", "cache", `${await cacheKey(role)}.json`);
  const cached = path === undefined ? undefined : parseSession(readCliCache(host, path) ?? {});
  const now = host.clock.now();
  if (isValidFor(cached, { now, ms: askMfaCode === undefined ? USABLE_MS : LONG_MS })) return cached!;
  let isAsked = false;
  const code = async () => {
    const found = await askMfaCode?.(role.mfaSerial);
    if (found === undefined) throw noCode(role);
    isAsked = true;
    return { serialNumber: role.mfaSerial, tokenCode: new Secret(found.reveal()) };
  };
  const credentials = await assume(code).catch((error) => {
    if (isAsked || !isValidFor(cached, { now, ms: USABLE_MS })) throw error;
    return cached!;
  });
  if (path !== undefined && credentials !== cached) {
    writeCliCache(host, { path, fields: sessionFields(role, credentials) });
  }
  return credentials;
}

function noCode({ profile, mfaSerial }: MfaSessionInput["role"]) {
  return profileFault({
    code: "login-needed",
    profile,
    found: `its role needs a code from MFA device ${mfaSerial}, which cannot be asked for here`,
    hint: `Enter the code at a terminal: aws sts get-caller-identity${profileFlag(profile)}`,
  });
}

/** The AWS CLI's own name for a role's session: the SHA-1 of what it asks for, as its JSON library writes that. */
async function cacheKey({ arn, durationSeconds, externalId, mfaSerial, sessionName }: Role): Promise<string> {
  const sorted = [
    ["DurationSeconds", durationSeconds],
    ["ExternalId", externalId],
    ["RoleArn", arn],
    ["RoleSessionName", sessionName],
    ["SerialNumber", mfaSerial],
  ].filter(([, value]) => value !== undefined);
  return await sha1Hex(`{${sorted.map(([key, value]) => `"${key}": ${asciiJson(value)}`).join(", ")}}`);
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function parseSession({ Credentials: found }: Readonly<Record<string, unknown>>): Credentials | undefined {
  if (typeof found !== "object" || found === null) return undefined;
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = found as Readonly<Record<string, unknown>>;
  const expiration = parseCliTime(Expiration);
  if (typeof AccessKeyId !== "string" || typeof SecretAccessKey !== "string") return undefined;
  if (typeof SessionToken !== "string" || expiration === undefined) return undefined;
  return keepSecret({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: new Date(expiration),
  });
}

/** As the AWS CLI reads it, which wants a session token and a time. */
function sessionFields(
  { arn }: Role,
  { accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials,
): Readonly<Record<string, unknown>> {
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey.reveal(),
      SessionToken: sessionToken?.reveal(),
      Expiration: expiration === undefined ? undefined : `${new Date(expiration).toISOString().slice(0, 19)}Z`,
      AccountId: parseArn(arn)?.account,
    },
  };
}
