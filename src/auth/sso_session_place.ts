import type { Needs } from "../host/host.ts";
import { expandHome, isAbsolute, join, normalize } from "../store/paths.ts";

/** Two providers that have both in common share one session. */
export interface SsoSessionName {
  readonly startUrl: string;
  readonly region: string;
}

/** The file of a session; undefined where there is no HOME. Permission: env. */
export async function ssoSessionPath(host: Needs<"env">, session: SsoSessionName): Promise<string | undefined> {
  const home = cacheHome(host);
  return home === undefined
    ? undefined
    : join(home, "atmos", "aws-sso", "sessions", `${await ssoSessionKey(session)}.json`);
}

/** sha1 of start_url and region, in hex: what the Go atmos calls the session, too. */
export async function ssoSessionKey({ startUrl, region }: SsoSessionName): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(`${startUrl}|${region}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** $ATMOS_XDG_CACHE_HOME, $XDG_CACHE_HOME or ~/.cache, on macOS too; relative values are ignored. */
function cacheHome(host: Needs<"env">): string | undefined {
  const given = ["ATMOS_XDG_CACHE_HOME", "XDG_CACHE_HOME"].map((name) => host.env.get(name));
  const chosen = given.find((path) => path !== undefined && isAbsolute(path));
  return chosen === undefined ? expandHome(host, "~/.cache") : normalize(chosen);
}
