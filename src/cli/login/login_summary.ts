import { timestamp } from "../../auth/files/credential_file_text.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { printable } from "../output/text.ts";

/** What someone wants to know of a login, a line each. `now` in milliseconds. */
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

/** Returns when credentials expire, with the local time and its offset: "expires in 56m (15:04 +02:00)". Milliseconds. */
export function expiryText(expiration: number, now: number): string {
  if (expiration <= now) return "expired";
  const at = new Date(expiration);
  const day = expiration - now < 24 * 60 * MINUTE
    ? ""
    : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} `;
  return `expires in ${timeLeft(expiration, now)} (${day}${two(at.getHours())}:${two(at.getMinutes())} ${
    offsetText(at)
  })`;
}

/** Of the user's own time zone, as RFC 3339 writes it. */
function offsetText(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
