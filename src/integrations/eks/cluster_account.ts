import { parseArn } from "../../aws/names/arn.ts";
import { peek } from "../contract/sealed.ts";
import { lookup } from "../../config/schema/lookup.ts";
import type { ConfigModel, Integration } from "../contract/model.ts";
import { isEks } from "./eks_integration.ts";

interface AccountInput {
  readonly integration: Integration | undefined;
  /** Of the identity that the cluster is for. */
  readonly account: string | undefined;
}

/** Returns the account of an integration's cluster, where atmos.yaml says it: that of the identity which describes it. */
export function findClusterAccount(
  { identities }: Pick<ConfigModel, "identities">,
  { integration, account }: AccountInput,
): string | undefined {
  const describer = integration !== undefined && isEks(integration)
    ? peek(integration).cluster.describeIdentity
    : undefined;
  return describer === undefined ? account : lookup(identities, describer)?.accountId;
}

/**
 * Returns whether a context that was recorded for an integration, perhaps a former one, leads to the account that its
 * identity stands for by now: names may have been given to others since.
 */
export function isInAccount(
  model: Pick<ConfigModel, "identities" | "integrations">,
  { arn, integration, account }: {
    readonly arn: string;
    readonly integration: string;
    readonly account: string | undefined;
  },
): boolean {
  const known = findClusterAccount(model, { integration: lookup(model.integrations, integration), account });
  return known === undefined || parseArn(arn)?.account === known;
}
