import { buildChain, isAmbient } from "../../auth/model/chain.ts";
import { peek } from "../../integrations/contract/sealed.ts";
import { AppError } from "../../errors.ts";
import type { ConfigModel, Integration } from "../../integrations/contract/model.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import type { RemedyContext } from "../../remedy.ts";

export interface IntegrationRemedyInput {
  readonly model: ConfigModel;
  readonly integration: Integration;
  /** The one that it is made ready for. */
  readonly identity: string;
  /** The flags of `update-kubeconfig` that may be typed: all, those that go for several integrations, or none. */
  readonly flags: "all" | "shared" | "none";
}

/** Returns the failure of an integration, with what its remedy leaves open: the flags to type, the identity to log in. */
export function addIntegrationContext(error: AppError, input: IntegrationRemedyInput): AppError {
  const { integration, flags } = input;
  const describer = isEks(integration) ? peek(integration).cluster.describeIdentity : undefined;
  const acting = describer ?? input.identity;
  const setting = describer === undefined ? "via.identity" : "spec.cluster.describe_identity";
  const otherCredentials: RemedyContext["otherCredentials"] = flags === "none" || describer !== undefined
    ? setting
    : "identity";
  const refused = isOnesOwn(input.model, acting) ? {} : { refused: acting };
  return error.within({ flags, otherCredentials, ...refused });
}

/** Of the environment's own credentials the AWS CLI's login is the right one. */
function isOnesOwn(model: ConfigModel, identity: string): boolean {
  try {
    return isAmbient(buildChain(model, identity));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
