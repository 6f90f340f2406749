import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import type { FoundCluster } from "../../fleet/scan_clusters.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { formatCount } from "../../output/text.ts";
import { chooseMany } from "../../prompt/choose_many.ts";
import type { Step } from "./choose_portal.ts";
import type { Existing } from "./existing.ts";

/** An EKS cluster where atmos.yaml has it. */
export interface LinkedCluster {
  readonly integration: string;
  /** undefined where it is that of any identity of a provider. */
  readonly account: string | undefined;
  readonly region: string;
  readonly cluster: string;
}

/** Returns the clusters of atmos.yaml. */
export function linkedClusters({ model }: Existing): readonly LinkedCluster[] {
  return [...model.integrations.values()].filter(isEks).map(peek).map(({ name: integration, via, cluster }) => {
    const account = via.identity === undefined ? undefined : findAccount(model, via.identity);
    return { integration, account, region: cluster.region, cluster: cluster.name };
  });
}

function findAccount(model: Existing["model"], identity: string): string | undefined {
  try {
    return buildChain(model, identity).identities.at(-1)!.accountId;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/**
 * Returns the clusters to add: those that atmos.yaml has not, of the regions and names that the user leaves checked.
 */
export async function chooseClusters(
  host: LoginCommandHost,
  { found, existing, ...step }: Step & { readonly found: readonly FoundCluster[] },
): Promise<readonly FoundCluster[]> {
  const linked = linkedClusters(existing);
  const fresh = found.filter(({ name, region, caller }) =>
    !linked.some((one) =>
      one.cluster === name && one.region === region && (one.account ?? caller.account) === caller.account
    )
  );
  if (!step.asks || fresh.length === 0) return fresh;
  const inRegions = await chooseRegions(host, { fresh, step });
  return await chooseNames(host, { fresh: inRegions, step });
}

interface FreshInput {
  readonly fresh: readonly FoundCluster[];
  readonly step: Omit<Step, "existing">;
}

async function chooseRegions(host: LoginCommandHost, { fresh, step }: FreshInput): Promise<readonly FoundCluster[]> {
  const regions = [...Map.groupBy(fresh, ({ region }) => region)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([name, clusters]) => ({ name, note: formatCount(clusters.length, "cluster") }));
  if (regions.length < 2) return fresh;
  const question = "Which regions to search for clusters? (Esc to skip)";
  const chosen = await chooseMany(host, { question, among: regions, checked: regions, globals: step.input.globals });
  return fresh.filter(({ region }) => chosen?.some(({ name }) => name === region));
}

async function chooseNames(host: LoginCommandHost, { fresh, step }: FreshInput): Promise<readonly FoundCluster[]> {
  if (fresh.length === 0) return [];
  const width = Math.max(...fresh.map(({ region }) => region.length));
  const options = fresh.map((cluster) => ({
    name: cluster.name,
    note: `${cluster.region.padEnd(width)}  ${cluster.caller.account} ${cluster.caller.accountName ?? ""}`.trimEnd(),
    group: cluster.region,
    cluster,
  }));
  const question = "Which EKS clusters? (Esc to skip)";
  const input = { question, among: options, checked: options, groupedBy: "region" };
  const chosen = await chooseMany(host, { ...input, globals: step.input.globals });
  return options.filter((option) => chosen?.includes(option)).map(({ cluster }) => cluster);
}
