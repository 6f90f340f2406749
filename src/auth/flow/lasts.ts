import type { Credentials } from "../../aws/client/credentials.ts";

/** Whether credentials are there and last that long; those of a session do not last when nobody knows how long. */
export function lasts(credentials: Credentials | undefined, { now, ms }: { now: number; ms: number }): boolean {
  if (credentials === undefined || ms === Infinity) return false;
  if (credentials.expiration === undefined) return credentials.sessionToken === undefined;
  return credentials.expiration - now >= ms;
}
