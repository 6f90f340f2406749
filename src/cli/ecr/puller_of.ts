import { type EcrRegistry, registryHost } from "../../aws/ecr/ecr_registry.ts";
import { configuredIdentities } from "../../auth/model/configured_identities.ts";
import { evidentIdentity, selectIdentity } from "../../auth/model/select_identity.ts";
import { ecrRegistryOf, isEcr } from "../../integrations/ecr/ecr_integration.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { identityFor } from "../../integrations/identity_for.ts";

interface Asked {
  readonly registry: EcrRegistry;
  /** ATMOS_IDENTITY. */
  readonly preferred: string | undefined;
}

/**
 * The identity that docker pulls from a registry as: that of the integration for it, else the preferred, the default or
 * the only one; undefined where atmos.yaml has none. AppError "identity-not-found" where several would do.
 */
export function pullerOf(model: ConfigModel, { registry, preferred }: Asked): string | undefined {
  const about = [...model.integrations.values()].filter(isEcr);
  const exact = about.find((one) => registryHost(ecrRegistryOf(one)) === registryHost(registry));
  const integration = exact ?? about.find((one) => isSame(ecrRegistryOf(one), registry));
  if (integration !== undefined) return identityFor(model, { integration, preferred });
  if (preferred === undefined && hasNone(model)) return undefined;
  const selected = selectIdentity(model, { said: preferred, interactive: false });
  return selected.kind === "named" ? selected.name : undefined;
}

/** What cannot be read may have some. */
function hasNone(model: ConfigModel): boolean {
  return evidentIdentity(model) === undefined && configuredIdentities(model).length === 0;
}

/** By whatever of its names. */
function isSame(one: EcrRegistry, other: EcrRegistry): boolean {
  if (one.kind === "public" || other.kind === "public") return one.kind === other.kind;
  return one.accountId === other.accountId && one.region === other.region;
}
