import { timestamp } from "../../auth/files/credential_file_text.ts";
import type { Duration } from "../args/flag.ts";
import type { LocatedIdentity } from "../../auth/login/identity.ts";
import { isAmbient } from "../../auth/model/chain.ts";
import { isValidFor } from "../../aws/client/credentials.ts";
import { timeLeft } from "./login_summary.ts";

/** What is known of a login without asking AWS. */
interface Status {
  /** undefined for aws/ambient: only AWS knows. */
  readonly valid: boolean | undefined;
  /** Completes "dev-admin: ". */
  readonly text: string;
  /** Whether AWS still takes the credentials, though not for as long as asked. */
  readonly short: boolean;
}

interface StatusInput {
  readonly located: LocatedIdentity;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How long valid credentials last for at least. */
  readonly minTtl: Duration;
}

export function judgeStatus({ located, now, minTtl }: StatusInput): Status {
  const { chain, stored, isOutdated } = located;
  const told = (valid: boolean | undefined, text: string) => ({ valid, text, short: false });
  if (isAmbient(chain)) return told(undefined, "the environment's own credentials, which only AWS can check");
  if (stored === undefined) {
    return told(false, isOutdated ? "its credentials are of an earlier configuration" : "not logged in");
  }
  const { expiration } = stored;
  const isLasting = isValidFor(stored, { now, ms: minTtl.ms });
  if (expiration === undefined) {
    return isLasting ? told(true, "valid, does not expire") : told(false, "stored, expiry unknown");
  }
  const left = timeLeft(expiration, now);
  if (expiration <= now) return told(false, left);
  if (isLasting) return told(true, `valid for ${left}`);
  return { valid: false, text: `valid for ${left}, less than --min-ttl ${minTtl.text}`, short: true };
}

/** Keys as `auth login --output json` calls them. */
export function statusData(input: StatusInput & { readonly isTrusted: boolean }) {
  const { located, now, isTrusted } = input;
  const { name, chain, realm, region, stored, isOutdated } = located;
  const expiration = stored?.expiration;
  return {
    identity: name,
    valid: judgeStatus(input).valid ?? null,
    ...(isOutdated ? { outdated: true } : {}),
    ...(isTrusted ? {} : { untrusted: true }),
    expiration: expiration === undefined ? null : timestamp(expiration),
    expires_in_seconds: expiration === undefined ? null : Math.max(0, Math.floor((expiration - now) / 1000)),
    realm: realm.value,
    provider: chain.provider?.name ?? null,
    region: region ?? null,
  };
}
