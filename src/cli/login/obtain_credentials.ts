import { credentials, type CredentialsInput } from "../../auth/login/credentials.ts";
import type { LoginHost } from "../../auth/flow/login_host.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { CredentialPolicy } from "../../auth/login/policies.ts";
import { loginClaim } from "./credential_claims.ts";
import { nameCredentials } from "./name_credentials.ts";

/**
 * Returns an identity with credentials, as the policy says. A login, whatever comes of it, clears away what interrupted
 * runs have left; where stored credentials do, nothing is looked for. Errors of `credentials`, which name identity and
 * account.
 */
export async function obtainCredentials(
  host: LoginHost,
  input: CredentialsInput,
  policy: CredentialPolicy,
): Promise<ActiveIdentity> {
  const { identity, model } = input.target;
  let isLogin = policy.store && policy.ask !== "never";
  try {
    const obtained = await credentials(host, input, policy);
    isLogin &&= obtained.renewed;
    return obtained;
  } catch (error) {
    throw nameCredentials(error, { claim: loginClaim(identity), model });
  } finally {
    if (isLogin) (await import("./interrupted_runs.ts")).clearInterrupted(host);
  }
}
