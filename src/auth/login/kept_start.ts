import type { Credentials } from "../../aws/client/credentials.ts";
import type { Needs } from "../../host/host.ts";
import type { Chain } from "../model/chain.ts";
import { readStoredCredentials } from "../files/credential_file.ts";
import { credentialPlace } from "../files/credential_file_place.ts";
import { lasts } from "../flow/lasts.ts";

export interface KeptStart {
  /** How many identities of the chain need not be become any more. */
  readonly length: number;
  readonly credentials: Credentials;
}

export interface KeptStartInput {
  readonly chain: Chain;
  readonly realm: string;
  /** Milliseconds that they must last for. */
  readonly ms: number;
}

/**
 * The identity nearest to the chain's end whose credentials an earlier login has kept: going on from there spares a
 * person another code of the MFA device. Permissions: env, read, sys (uid).
 */
export function keptStart(
  host: Needs<"env" | "read" | "sys" | "clock">,
  { chain: { provider, identities }, realm, ms }: KeptStartInput,
): KeptStart | undefined {
  for (let length = identities.length - 1; length > 0; length--) {
    const place = credentialPlace(host, { realm, chain: { provider, identities: identities.slice(0, length) } });
    const credentials = place && readStoredCredentials(host, place).stored?.credentials;
    if (credentials !== undefined && lasts(credentials, { now: host.clock.now(), ms })) return { length, credentials };
  }
  return undefined;
}
