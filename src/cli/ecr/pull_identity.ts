import { type EcrRegistry, registryHost } from "../../aws/ecr/ecr_registry.ts";
import { peek } from "../../integrations/contract/sealed.ts";
import { evidentIdentity } from "../../auth/model/select_identity.ts";
import { type EcrIntegration, isEcr, toEcrRegistry } from "../../integrations/ecr/ecr_integration.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { identityFor } from "../../integrations/identity_for.ts";

interface PullRequest {
  readonly registry: EcrRegistry;
  /** ATMOS_IDENTITY. */
  readonly preferred: string | undefined;
}

/**
 * The identity of atmos.yaml that docker pulls from a registry as: that of the integration for it, else the default or
 * the only one; undefined where there is none of these. AppError "identity-not-found" where several would do.
 */
export function findPullIdentity(model: ConfigModel, { registry, preferred }: PullRequest): string | undefined {
  const integration = integrationAt(model, registry);
  return integration === undefined ? evidentIdentity(model) : identityFor(model, { integration, preferred });
}

/** Returns the integration for a registry, by whatever of the registry's names. */
export function integrationAt(model: ConfigModel, registry: EcrRegistry): EcrIntegration | undefined {
  const about = [...model.integrations.values()].filter(isEcr);
  const registryOf = (one: EcrIntegration) => toEcrRegistry(peek(one));
  const exact = about.find((one) => registryHost(registryOf(one)) === registryHost(registry));
  return exact ?? about.find((one) => isSame(registryOf(one), registry));
}

/** By whatever of its names. */
function isSame(one: EcrRegistry, other: EcrRegistry): boolean {
  if (one.kind === "public" || other.kind === "public") return one.kind === other.kind;
  return one.accountId === other.accountId && one.region === other.region;
}
