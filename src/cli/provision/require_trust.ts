import { buildChain } from "../../auth/model/chain.ts";
import { credentialPowers, environmentPowers, globalPowers } from "../../auth/model/used_powers.ts";
import { findLinked } from "../../integrations/contract/linked.ts";
import type { RequestedIdentity } from "../login/select_identity.ts";

interface RequireTrustInput {
  /** Whether the identity's variables are handed to programs. */
  readonly hasVariables: boolean;
  /** Whether a program is started, which gets the variables of the whole configuration as well. */
  readonly startsProgram?: true;
  /** Which of the linked integrations are used. */
  readonly integrations: "none" | "provisioned" | "all";
}

/**
 * Asks at once for the trust that all of an identity needs which a command uses; each use asks again, and no user twice.
 * AppError "untrusted", and those of buildChain.
 */
export async function requireTrust(
  { model, identity }: Pick<RequestedIdentity, "model" | "identity">,
  { hasVariables, startsProgram, integrations }: RequireTrustInput,
): Promise<void> {
  const chain = buildChain(model, identity);
  const linked = integrations === "none" ? [] : findLinked(model, chain);
  const used = integrations === "all" ? linked : linked.filter(({ autoProvision }) => autoProvision);
  const variables = hasVariables ? environmentPowers(chain) : [];
  await model.trust.require([
    ...credentialPowers(model, chain),
    ...variables,
    ...(startsProgram ? globalPowers(model) : []),
    ...used.flatMap(({ powers }) => powers),
  ]);
}
