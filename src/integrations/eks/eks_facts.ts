import { describeCluster } from "../../aws/eks/eks.ts";
import { findStrangeEndpoint } from "../../aws/client/foreign_endpoint.ts";
import { getCallerIdentity } from "../../aws/sts/sts.ts";
import type { Needs } from "../../host/host.ts";
import { expandAlias } from "./alias.ts";
import type { AliasFacts } from "./alias_placeholders.ts";
import { clusterArn } from "./cluster_arn.ts";
import { BY_CONFIGURATION, type ClusterEntry, type ClusterFacts } from "./cluster_entry.ts";
import { askOnce } from "../contract/ask_once.ts";
import type { RunInput } from "../contract/runner.ts";
import type { EksIntegration } from "./eks_integration.ts";

type EksInput = RunInput<EksIntegration>;

interface FoundFacts extends Pick<ClusterEntry, "describedBy"> {
  readonly facts: ClusterFacts;
}

/**
 * Returns what DescribeCluster says of an integration's cluster, or atmos.yaml where it has endpoint and certificate
 * authority. Permissions: net, clock, and env and read for the settings. Errors of the login and of describeCluster.
 */
export async function clusterFacts(host: Needs<"net" | "clock">, input: EksInput): Promise<FoundFacts> {
  return input.integration.cluster.known === undefined ? await describe(host, input) : await keepKnown(host, input);
}

/** The names of the contexts; none: the cluster's ARN. */
export function listAliases(
  { integration, identity, accountName, sharesArn = false }: Omit<EksInput, "credentialsOf">,
  account: string,
): readonly string[] {
  if (sharesArn) return [`${clusterArn(integration, account)}@${identity}`];
  const { name, region, aliases } = integration.cluster;
  const where = { cluster: name, region, account, accountName: accountName?.(account) };
  const facts: AliasFacts = { ...where, identity, integration: integration.name };
  return [...new Set(aliases.map((alias) => expandAlias(alias, facts)))];
}

async function describe(host: Needs<"net" | "clock">, input: EksInput): Promise<FoundFacts> {
  const { name, region } = input.integration.cluster;
  const access = await makeAccess(input, region);
  const facts = await askOnce(input.asked, {
    key: ["eks", describeCaller(input), region, name],
    ask: () => describeCluster(host, { name, ...access }),
  });
  return { facts, describedBy: findStrangeEndpoint(access, "eks") };
}

/** Nothing is asked but, where atmos.yaml does not say it, which account this is. */
async function keepKnown(host: Needs<"net" | "clock">, input: EksInput): Promise<FoundFacts> {
  const { cluster } = input.integration;
  const account = input.account ?? await findAccount(host, input);
  const facts = { name: cluster.name, arn: clusterArn(input.integration, account), account, ...cluster.known! };
  return { facts, describedBy: BY_CONFIGURATION };
}

async function findAccount(host: Needs<"net" | "clock">, input: EksInput): Promise<string> {
  const access = await makeAccess(input, input.integration.cluster.region);
  const { account } = await askOnce(input.asked, {
    key: ["sts", describeCaller(input), access.region],
    ask: () => getCallerIdentity(host, access),
  });
  return account;
}

/** Whose credentials ask about the cluster. */
function describeCaller({ integration: { cluster }, identity }: EksInput): string {
  return cluster.describeIdentity ?? identity;
}

async function makeAccess(input: EksInput, region: string) {
  const credentials = await input.credentialsOf(describeCaller(input));
  return { region, credentials, settings: input.settings() };
}
