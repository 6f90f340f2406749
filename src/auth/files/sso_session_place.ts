import type { Needs } from "../../host/host.ts";
import { cacheHome, join } from "../../store/paths.ts";

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
