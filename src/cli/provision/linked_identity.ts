import { buildChain, type Chain } from "../../auth/model/chain.ts";
import type { Needs } from "../../host/host.ts";
import { identityFor } from "../../integrations/identity_for.ts";
import type { ConfigModel, Integration } from "../../integrations/contract/model.ts";

export interface IdentityInput {
  readonly model: ConfigModel;
  readonly integration: Integration;
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
}

/**
 * The chain of the identity that an integration is made ready for: the one that is named on the command line, else the
 * one it is linked to, else one that logs in with its provider. AppErrors of buildChain and identityFor. Permission: env.
 */
export function linkedIdentity(host: Needs<"env">, { model, integration, said }: IdentityInput): Chain {
  const isTyped = said !== undefined && said !== host.env.get("ATMOS_IDENTITY");
  return buildChain(model, isTyped ? said : identityFor(model, { integration, preferred: said }));
}
