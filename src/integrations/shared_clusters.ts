import type { Needs } from "../host/host.ts";
import { expandAlias } from "./alias.ts";
import { kubeconfigFile } from "./kubeconfig_file.ts";
import type { AwsEks } from "./aws_eks.ts";
import type { ConfigModel, Integration } from "./model.ts";
import { clusterArn } from "./cluster_arn.ts";
import type { RunInput } from "./runners/runner.ts";

type Eks = AwsEks & Integration;

/** Integrations of one cluster in one kubeconfig through several identities: each entry must say whose it is. */
export function namesakes(host: Needs<"env" | "read">, { integrations }: Pick<ConfigModel, "integrations">): ReadonlySet<string> {
  const groups = Map.groupBy(clustersOf(integrations), (one) => {
    const { cluster } = one;
    return JSON.stringify([cluster.region, cluster.name, kubeconfigFile(host, one)]);
  });
  const shared = [...groups.values()].filter((group) => new Set(group.map(viaOf)).size > 1 || group.some(isForMany));
  return new Set(shared.flat().map(({ name }) => name));
}

/** Says which contexts the integrations have in a kubeconfig, for clusters of an account. Permissions: env, read. */
export function contextsOf(
  host: Needs<"env" | "read">,
  { integrations, identity }: Pick<ConfigModel, "integrations"> & { readonly identity: string },
): NonNullable<RunInput<"aws/eks">["configuredContexts"]> {
  const byFile = Map.groupBy(clustersOf(integrations), (one) => kubeconfigFile(host, one));
  const known = new Map<string, ReadonlySet<string>>();
  return ({ file, account }) => {
    const key = `${account} ${file}`;
    const names = known.get(key) ??
      new Set((byFile.get(file) ?? []).flatMap((one) => namesOf({ integration: one, identity }, account)));
    known.set(key, names);
    return names;
  };
}

function namesOf(
  { integration, identity }: { readonly integration: Eks; readonly identity: string },
  account: string,
): readonly string[] {
  const { cluster: { name: cluster, region, aliases }, via, name } = integration;
  const facts = { cluster, region, account, identity: via.identity ?? identity, integration: name };
  if (aliases.length === 0) return [clusterArn(integration, account)];
  return aliases.map((alias) => expandAlias(alias, facts));
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
