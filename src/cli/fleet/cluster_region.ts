import type { EksIntegration } from "../../integrations/eks/eks_integration.ts";
import { peek } from "../../integrations/contract/sealed.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";

/**
 * Returns the regions of integrations' clusters, once trust has been asked for in where these come from: what else the
 * integrations say is not used. AppError "untrusted".
 */
export async function clusterRegions(
  { trust }: Pick<ConfigModel, "trust">,
  clusters: readonly EksIntegration[],
): Promise<readonly string[]> {
  await trust.require(clusters.flatMap(({ powers }) => powers.filter(({ path }) => path.endsWith(".cluster.region"))));
  return clusters.map((one) => peek(one).cluster.region);
}
