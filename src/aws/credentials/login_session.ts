import { AppError } from "../../errors.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { expandHome, join } from "../../store/paths.ts";
import { Answer } from "../client/answer.ts";
import { type Credentials, isValidFor, keepSecret } from "../client/credentials.ts";
import { LOWER, readCredentials } from "../client/read_credentials.ts";
import { nestedClients } from "../client/client_config.ts";
import { networkFailure } from "../errors/network_failure.ts";
import { profileFlag } from "../shared_config/profile.ts";
import type { AwsSettings } from "../shared_config/settings.ts";
import { cliCachePath, parseCliTime, readCliCache } from "./cli_cache.ts";

/** As the SDKs of AWS: credentials with less left are renewed, which takes no user for twelve hours. */
const RENEW_MS = 5 * 60_000;

interface LoginSessionInput {
  readonly profile: string;
  /** The profile's `login_session`. */
  readonly session: string;
  readonly settings: AwsSettings;
  readonly region: string;
}

/**
 * Returns the credentials that `aws login` has left, renewed by the SDK where they are about to expire. AppError
 * "login-needed" where there are none, or they cannot be renewed, and those of the network.
 */
export async function loginSessionCredentials(
  host: Needs<"net" | "read" | "env" | "clock">,
  input: LoginSessionInput,
): Promise<Credentials> {
  const path = await sessionPath(host, input.session);
  const cached = path === undefined ? undefined : parseSession(readCliCache(host, path) ?? {});
  if (cached === undefined) throw makeLoginNeeded(input, "there is no session of aws login");
  const now = host.clock.now();
  if (isValidFor(cached, { now, ms: RENEW_MS })) return cached;
  try {
    return await renewCredentials(host, input);
  } catch (error) {
    if (isValidFor(cached, { now, ms: 0 })) return cached;
    if (error instanceof AppError) throw error;
    throw makeLoginNeeded(input, "its session of aws login has ended", error);
  }
}

async function sessionPath(host: Needs<"env">, session: string): Promise<string | undefined> {
  const name = `${await sha256Hex(session)}.json`;
  const directory = host.env.get("AWS_LOGIN_CACHE_DIRECTORY");
  if (directory === undefined) return cliCachePath(host, "login", "cache", name);
  return join(expandHome(host, directory) ?? directory, name);
}

/** The SDK signs with the session's own key and writes the file again. What the network says decides before its words. */
async function renewCredentials(host: Needs<"net">, input: LoginSessionInput): Promise<Credentials> {
  const { profile, settings, region } = input;
  let failure: NetError | undefined;
  const fetch: typeof host.net.fetch = async (request) => {
    failure = undefined;
    return await host.net.fetch(request).catch((error) => {
      if (error instanceof NetError) failure = error;
      throw error;
    });
  };
  const { fromLoginCredentials } = await import("@aws-sdk/credential-providers");
  const clients = nestedClients({ ...host, net: { ...host.net, fetch } }, { settings, region });
  try {
    return readCredentials(new Answer(await fromLoginCredentials({ profile, ...clients })()), { names: LOWER });
  } catch (error) {
    if (failure !== undefined) throw networkFailure({ doing: `get AWS credentials of profile "${profile}"` }, failure);
    throw error;
  }
}

function parseSession(fields: Readonly<Record<string, unknown>>): Credentials | undefined {
  const { accessToken: found, refreshToken, clientId, dpopKey } = fields;
  if (typeof found !== "object" || found === null) return undefined;
  if ([refreshToken, clientId, dpopKey].some((value) => typeof value !== "string" || value === "")) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = found as Readonly<Record<string, unknown>>;
  const expiration = parseCliTime(expiresAt);
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string") return undefined;
  if (typeof sessionToken !== "string" || expiration === undefined) return undefined;
  return keepSecret({ accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) });
}

function makeLoginNeeded({ profile }: LoginSessionInput, found: string, cause?: unknown): AppError {
  return new AppError("login-needed", `Cannot get AWS credentials of profile "${profile}": ${found}`, {
    hint: `Log in: aws login${profileFlag(profile)}`,
    cause,
  });
}
