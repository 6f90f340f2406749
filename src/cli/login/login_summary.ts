import { timestamp } from "../../auth/files/credential_file_text.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { printable } from "../output/text.ts";

/** What somebody wants to know of a login, a line each. `now` in milliseconds. */
export function loginRows({ name, chain, realm, region, credentials }: ActiveIdentity, now: number): string {
  const { expiration } = credentials;
  const rows = [
    ["Realm", `${realm.value} (${realm.source})`],
    ["Provider", chain.provider?.name],
    ["Identity", name],
    ["Region", region],
    ["Expires", expiration === undefined ? undefined : `${timestamp(expiration)} (${timeLeft(expiration, now)})`],
  ] as const;
  return rows.flatMap(([title, value]) => value === undefined ? [] : [`  ${title.padEnd(10)}${printable(value)}\n`])
    .join("");
}

const MINUTE = 60_000;

/** How long from now, as "1h 5m", "4m", "expired" or "never". Milliseconds. */
export function timeLeft(expiration: number | undefined, now: number): string {
  if (expiration === undefined) return "never";
  if (expiration <= now) return "expired";
  const minutes = Math.floor((expiration - now) / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return minutes === 0 ? "less than a minute" : `${minutes}m`;
  return `${hours}h ${minutes % 60}m`;
}
