import { timestamp } from "../../../auth/files/credential_file_text.ts";
import type { Variables } from "../../../auth/environment/environment.ts";
import type { ActiveIdentity } from "../../../auth/login/identity.ts";
import type { CallerIdentity } from "../../../aws/sts/sts.ts";
import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { timeLeft } from "../../login/login_summary.ts";

/** An identity as it is configured, and as AWS knows it. */
interface Who {
  readonly obtained: ActiveIdentity;
  readonly caller: CallerIdentity;
}

const SOON_MS = 15 * 60_000;

interface RowsInput extends Who {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly paint: Paint;
}

/** A line each, what is not known left out. */
export function whoRows({ obtained, caller, now, paint }: RowsInput): string {
  const { name, chain, realm, region, credentials: { expiration } } = obtained;
  const end = expiration === undefined ? undefined : `${timestamp(expiration)} (${timeLeft(expiration, now)})`;
  const soon = expiration !== undefined && expiration - now < SOON_MS;
  const rows = [
    ["Realm", `${realm.value} (${realm.source})`],
    ["Provider", chain.provider?.name],
    ["Identity", name],
    ["Principal", caller.arn],
    ["Account", caller.account],
    ["Region", region],
    ["Expires", end],
  ] as const;
  return rows.flatMap(([title, value]) => {
    if (value === undefined) return [];
    const shown = printable(value);
    return [`${title.padEnd(11)}${soon && title === "Expires" ? paint("red", shown) : shown}\n`];
  }).join("");
}

interface DataInput extends Who {
  /** Without secrets. */
  readonly environment: Variables;
}

/** Keys as the Go atmos calls them. */
export function whoData({ obtained, caller, environment }: DataInput) {
  const { name, chain, realm, region, credentials: { expiration }, source } = obtained;
  return {
    realm: realm.value,
    realm_source: realm.source,
    provider: chain.provider?.name ?? null,
    identity: name,
    principal: caller.arn,
    account: caller.account,
    user_id: caller.userId,
    region: region ?? null,
    expiration: expiration === undefined ? null : timestamp(expiration),
    environment,
    credentials_file: source.kind === "files" ? source.place.credentials : null,
    config_file: source.kind === "files" ? source.place.config : null,
  };
}

const MASK = "***REDACTED***";
const SECRET_NAME = /SECRET|TOKEN|PASSW|PASSPHRASE|PRIVATE|ACCESS_?KEY|API_?KEY|SESSION/i;
/** A URL with a password. */
const SECRET_VALUE = /:\/\/[^/\s]*:[^/\s]*@/;

/** Variables for people to look at: what may be secret is not shown, and HOME is `~`. */
export function redact(
  { variables, home }: { readonly variables: Variables; readonly home: string | undefined },
): Variables {
  const shown = ([name, value]: readonly [string, string]) => {
    if (SECRET_NAME.test(name) || SECRET_VALUE.test(value)) return [name, MASK];
    return [name, home === undefined ? value : value.split(":").map((one) => shorten(one, home)).join(":")];
  };
  return Object.fromEntries(Object.entries(variables).map(shown));
}

function shorten(path: string, home: string): string {
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
