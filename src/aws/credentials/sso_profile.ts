import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { Credentials } from "../client/credentials.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import type { SsoSettings } from "../shared_config/sso_settings.ts";
import { cliCachePath, mayWriteCliCache, parseCliTime, readCliCache, sha1Hex, writeCliCache } from "./cli_cache.ts";

/** As the SDKs of AWS: a token with less left is renewed where that takes no user. */
const RENEW_MS = 5 * 60_000;

type SsoHost = Needs<"net" | "read" | "write" | "env" | "clock" | "random" | "sys">;

interface SsoProfileInput {
  readonly profile: string;
  readonly sso: SsoSettings;
  readonly settings: AwsSettings;
}

/**
 * Returns the credentials of a profile's permission set, with the token that `aws sso login` has left, renewed where it
 * can be. AppError "login-needed" without a token that is good, "aws-denied" for a permission set that is not the user's.
 */
export async function ssoProfileCredentials(host: SsoHost, input: SsoProfileInput): Promise<Credentials> {
  const { profile, sso: { accountId, roleName, region }, settings } = input;
  const accessToken = await usableToken(host, input);
  const { getRoleCredentials } = await import("../sso/sso.ts");
  const request = { accessToken, accountId, roleName, region, settings };
  return await getRoleCredentials(host, request).catch((error) => {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "login-needed") throw makeLoginNeeded(input, "AWS has ended its session", error);
    const message = error.message.replace(/^Cannot get credentials of /, `Cannot use AWS profile "${profile}": `);
    const { code, facts, cause, hint } = error;
    throw new AppError(code, message, { facts, cause, ...(hint === undefined ? {} : { hint }) });
  });
}

interface CachedToken {
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly accessToken: string;
  readonly expiresAt: number;
}

async function usableToken(host: SsoHost, input: SsoProfileInput): Promise<Secret> {
  const token = await readToken(host, input.sso);
  if (token === undefined) throw makeLoginNeeded(input, "there is no session");
  const left = token.expiresAt - host.clock.now();
  // A renewed one may be the only one that is good afterwards, and must be kept.
  const isGood = left >= RENEW_MS || (left > 0 && !mayWriteCliCache(host, token.path));
  if (isGood) return new Secret(token.accessToken);
  const renewed = await renewedToken(host, { ...input, token }).catch((error) => {
    if (left > 0) return undefined;
    throw error;
  });
  if (renewed !== undefined) return renewed;
  if (left > 0) return new Secret(token.accessToken);
  throw makeLoginNeeded(input, "its session has expired");
}

/** undefined when there is none that makes sense. */
async function readToken(host: SsoHost, { session, startUrl }: SsoSettings): Promise<CachedToken | undefined> {
  const path = cliCachePath(host, "sso", "cache", `${await sha1Hex(session ?? startUrl)}.json`);
  const fields = path === undefined ? undefined : readCliCache(host, path);
  const [accessToken, expiresAt] = [fields?.["accessToken"], parseCliTime(fields?.["expiresAt"])];
  if (path === undefined || fields === undefined || expiresAt === undefined) return undefined;
  return typeof accessToken === "string" && accessToken !== "" ? { path, fields, accessToken, expiresAt } : undefined;
}

/** undefined where the token cannot be renewed without the user. AppErrors of the network. */
async function renewedToken(
  host: SsoHost,
  { sso, settings, token: { path, fields } }: SsoProfileInput & { readonly token: CachedToken },
): Promise<Secret | undefined> {
  const [refreshToken, clientId, clientSecret] = ["refreshToken", "clientId", "clientSecret"].map((key) => fields[key]);
  const registrationEnds = parseCliTime(fields["registrationExpiresAt"]) ?? 0;
  if (sso.session === undefined || registrationEnds <= host.clock.now()) return undefined;
  if (typeof refreshToken !== "string" || typeof clientId !== "string" || typeof clientSecret !== "string") {
    return undefined;
  }
  const { createTokenByRefresh } = await import("../sso/sso_oidc_token.ts");
  const client = { clientId, clientSecret: new Secret(clientSecret), expiresAt: registrationEnds };
  const place = { region: sso.region, settings };
  const outcome = await createTokenByRefresh(host, { ...place, client, refreshToken: new Secret(refreshToken) });
  if (outcome.kind !== "token") return undefined;
  const { accessToken, refreshToken: next, expiresAt } = outcome.token;
  const renewed = {
    ...fields,
    accessToken: accessToken.reveal(),
    expiresAt: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
    ...(next === undefined ? {} : { refreshToken: next.reveal() }),
  };
  writeCliCache(host, { path, fields: renewed });
  return accessToken;
}

function makeLoginNeeded({ profile, sso }: SsoProfileInput, found: string, cause?: unknown): AppError {
  const message = `Cannot get AWS credentials of profile "${profile}": ${found} at ${sso.startUrl}`;
  return new AppError("login-needed", message, { hint: ["Log in: ", { kind: "profile-login", profile }], cause });
}
