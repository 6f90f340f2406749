import { timestamp } from "../../auth/files/credential_file_text.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import { printable } from "../output/text.ts";
import { timeLeft } from "./time_left.ts";

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
