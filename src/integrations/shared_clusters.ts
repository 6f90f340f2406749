import type { Needs } from "../host/host.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import type { AwsEks } from "./aws_eks.ts";
import type { ConfigModel, Integration } from "./model.ts";

type Eks = AwsEks & Integration;

/** Integrations of one cluster in one kubeconfig through several identities: each entry must say whose it is. */
export function namesakes(
  host: Needs<"env" | "read">,
  { integrations }: Pick<ConfigModel, "integrations">,
): ReadonlySet<string> {
  const groups = Map.groupBy(clustersOf(integrations), (one) => {
    const { cluster } = one;
    return JSON.stringify([cluster.region, cluster.name, kubeconfigFile(host, one)]);
  });
  const shared = [...groups.values()].filter((group) => new Set(group.map(viaOf)).size > 1 || group.some(isForMany));
  return new Set(shared.flat().map(({ name }) => name));
}

function clustersOf(integrations: ConfigModel["integrations"]): readonly Eks[] {
  return [...integrations.values()].filter((one): one is Eks => one.kind === "aws/eks");
}

/** One context for each identity that logs in with the provider. */
function isForMany({ via, cluster }: Eks): boolean {
  return via.identity === undefined && cluster.aliases.some((alias) => alias.includes("{identity}"));
}

function viaOf({ via }: Integration): string {
  return JSON.stringify([via.provider?.toLowerCase(), via.identity?.toLowerCase()]);
}
