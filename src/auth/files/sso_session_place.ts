import type { Needs } from "../../host/host.ts";
import { cacheHome, join } from "../../store/paths.ts";

/** Providers that have all of it in common share one session. */
export interface SsoSessionName {
  readonly startUrl: string;
  readonly region: string;
  /** Where it was made, and where alone it may be sent, as the configuration says; undefined for AWS's own hosts. */
  readonly endpointUrl: string | undefined;
}

/** Returns the file of a session; undefined where there is no HOME. Permission: env. */
export async function ssoSessionPath(host: Needs<"env">, session: SsoSessionName): Promise<string | undefined> {
  const directory = sessionDirectory(host);
  return directory === undefined ? undefined : join(directory, `${await ssoSessionKey(session)}.json`);
}

/** Returns the files of all sessions that there are. Permissions: env, read. */
export function ssoSessionPaths(host: Needs<"env" | "read">): readonly string[] {
  const directory = sessionDirectory(host);
  if (directory === undefined || host.read.lstat(directory)?.isDirectory !== true) return [];
  return host.read.list(directory).filter((name) => /^[0-9a-f]{40}\.json$/.test(name)).map((one) =>
    join(directory, one)
  );
}

function sessionDirectory(host: Needs<"env">): string | undefined {
  const home = cacheHome(host);
  return home === undefined ? undefined : join(home, "atmos", "aws-sso", "sessions");
}

/**
 * Returns the name of the session's file. At AWS's own hosts it is the sha1 of start_url and region in hex, as the Go
 * atmos has it; an endpoint is added, so that the session of one host is never taken for that of another.
 */
export async function ssoSessionKey({ startUrl, region, endpointUrl }: SsoSessionName): Promise<string> {
  const parts = [startUrl, region, ...(endpointUrl === undefined ? [] : [endpointUrl])];
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(parts.join("|")));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Returns the address of an access portal as AWS's own documentation writes it. What browsers add to it, a slash and the
 * page that was open (`/start/#/`), and the case of its host say nothing, and would make another session of it.
 */
export function canonicalStartUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, "")}${search}`;
}
