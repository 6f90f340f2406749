import { isAmbient } from "../model/chain.ts";
import { credentialPowers } from "../model/used_powers.ts";
import { type LoginHost, type LoginUi, noninteractive } from "../flow/login_host.ts";
import {
  type ActiveIdentity,
  type IdentityTarget,
  type LocatedIdentity,
  locateIdentity,
  makeLoginNeeded,
  withStored,
} from "./identity.ts";
import type { CredentialPolicy } from "./policies.ts";
import { logCredentials, logStored } from "./log_credentials.ts";

export interface CredentialsInput {
  readonly target: IdentityTarget;
  /** Shown and asked as far as the policy goes. */
  readonly ui: LoginUi;
}

/**
 * Returns an identity with credentials, as the policy says: stored ones while they are valid, without network; else new
 * ones. This is the only way to them, and past it nothing of the working tree is used that is not trusted. The identity is located once. Errors as for buildChain and the login; AppError
 * "login-needed" where it would take a user, and none is to be asked.
 */
export async function credentials(
  host: LoginHost,
  { target, ui: given }: CredentialsInput,
  policy: CredentialPolicy,
): Promise<ActiveIdentity> {
  const located = await locateIdentity(host, target);
  await target.model.trust.require(credentialPowers(target.model, located.chain));
  const ui = uiFor(given, policy);
  if (located.problem !== undefined) ui.warn(located.problem);
  logStored(host, located);
  const active = withStored(host, located, policy.minTtlMs) ??
    await renewCredentials(host, { ui, located, target }, policy);
  logCredentials(host, active);
  return active;
}

async function renewCredentials(
  host: LoginHost,
  { ui, located, target }: CredentialsInput & { readonly located: LocatedIdentity },
  policy: CredentialPolicy,
): Promise<ActiveIdentity> {
  if (!policy.renew && !isAmbient(located.chain)) throw makeLoginNeeded(located);
  // What asks AWS is loaded only where AWS is asked.
  const { renew } = await import("./renew.ts");
  return await renew(host, { located, keyring: target.model.keyring, ui, minTtlMs: policy.minTtlMs }, policy);
}

function uiFor(ui: LoginUi, { ask }: CredentialPolicy): LoginUi {
  return { ...(ask === "never" ? noninteractive(ui) : ui), explicit: ask === "explicit" };
}
