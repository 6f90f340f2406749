import { lookups } from "../../config/schema/lookup.ts";
import { peek } from "../contract/sealed.ts";
import type { Needs } from "../../host/host.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import { type EksIntegration, isEks } from "./eks_integration.ts";
import { haveSameVia } from "../contract/linked.ts";
import type { ConfigModel } from "../contract/model.ts";

/** Integrations of one cluster in one kubeconfig through several identities: each entry must say whose it is. */
export function namesakes(
  host: Needs<"env" | "read">,
  { integrations }: Pick<ConfigModel, "integrations">,
): ReadonlySet<string> {
  const groups = Map.groupBy(listClusters(integrations), (one) => locate(host, one));
  const shared = [...groups.values()].filter((group) =>
    group.some((one) => !haveSameVia(one, group[0]!)) || group.some(isForMany)
  );
  return new Set(shared.flat().map(({ name }) => name));
}

/**
 * Those of them whose context would be called by the cluster's ARN, as is that of one before them: their contexts name
 * the identity as well.
 */
export function laterNamesakes(
  host: Needs<"env" | "read">,
  { integrations, identities }: Pick<ConfigModel, "integrations" | "identities">,
): ReadonlySet<string> {
  const account = accounts(identities);
  const unnamed = listClusters(integrations).filter(({ cluster }) => cluster.aliases.length === 0);
  const groups = Map.groupBy(unnamed, (one) => locate(host, one));
  return new Set(
    [...groups.values()].flatMap((group) =>
      group.filter((one, at) =>
        group.slice(0, at).some((other) => !haveSameVia(other, one) && mayBeSame(account(one), account(other)))
      ).map(({ name }) => name)
    ),
  );
}

/** The account of an integration's cluster, where atmos.yaml says it. */
function accounts(identities: ConfigModel["identities"]): (one: EksIntegration) => string | undefined {
  const identityOf = lookups(identities);
  return ({ via, cluster: { describeIdentity = via.identity } }) =>
    describeIdentity === undefined ? undefined : identityOf(describeIdentity)?.accountId;
}

function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** The region, the name and the kubeconfig. */
function locate(host: Needs<"env" | "read">, one: EksIntegration): string {
  return JSON.stringify([one.cluster.region, one.cluster.name, kubeconfigFile(host, one)]);
}

function listClusters(integrations: ConfigModel["integrations"]): readonly EksIntegration[] {
  return [...integrations.values()].filter(isEks).map(peek);
}

/** One context for each identity that logs in with the provider. */
function isForMany({ via, cluster }: EksIntegration): boolean {
  return via.identity === undefined && cluster.aliases.some((alias) => alias.includes("{identity}"));
}
