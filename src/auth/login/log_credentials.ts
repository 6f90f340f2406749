import type { Credentials } from "../../aws/client/credentials.ts";
import type { Needs } from "../../host/host.ts";
import type { LogFacts } from "../../host/log_port.ts";
import type { ActiveIdentity, LocatedIdentity } from "./identity.ts";

/** Tells what is stored for an identity, and whether that is for its configuration of today. */
export function logStored(
  { log, clock }: Needs<"clock">,
  { name, realm, place, fingerprint, stored, isOutdated }: LocatedIdentity,
): void {
  if (log?.isOn !== true) return;
  const end = stored?.expiration;
  const age = end === undefined ? "without an end" : end <= clock.now() ? "expired" : "valid";
  log.tell("debug", "stored credentials", {
    identity: name,
    realm: realm.value,
    file: place?.credentials,
    fingerprint: fingerprint.slice(0, 12),
    found: stored !== undefined ? age : isOutdated ? "of another configuration" : "none",
    ...keyFacts(stored),
  });
}

/** Tells which credentials an identity has got, and where from. */
export function logCredentials(
  { log }: Needs<never>,
  { name, source, renewed, credentials }: Pick<ActiveIdentity, "name" | "source" | "renewed" | "credentials">,
): void {
  log?.tell("debug", "credentials", { identity: name, source: source.kind, renewed, ...keyFacts(credentials) });
}

/** Tells that an identity on the way to the wanted one has credentials. */
export function tellStep(
  { log }: Needs<never>,
  step: LogFacts & { readonly identity: string },
  got: Credentials,
): void {
  log?.tell("debug", "credentials", { ...step, ...keyFacts(got) });
}

/** The id of a key is no secret. */
function keyFacts(credentials: Credentials | undefined): LogFacts {
  const { accessKeyId: key, account, expiration } = credentials ?? {};
  return { key, account, until: expiration === undefined ? undefined : new Date(expiration).toISOString() };
}
