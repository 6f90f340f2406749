import {
  type AccessEntry,
  type AccessPolicy,
  describeAccessEntry,
  listAccessEntries,
  listAccessPolicies,
} from "../../aws/eks/access_entries.ts";
import { type AccessPrincipal, matchPrincipals } from "../../aws/eks/access_principal.ts";
import type { InspectedCluster } from "../../aws/eks/inspect_cluster.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { findPartition } from "../../aws/names/partition.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { AccessFacts } from "./access_verdict.ts";
import type { ClusterName } from "./cluster_steps.ts";

interface FactsInput {
  readonly named: ClusterName;
  readonly access: AwsAccess;
  readonly principal: AccessPrincipal;
  readonly cluster: InspectedCluster | undefined;
}

/** Returns what EKS says of a principal's access to a cluster. Permission: net. */
export async function readAccess(host: Needs<"net" | "clock">, input: FactsInput): Promise<AccessFacts> {
  const { named: { name: cluster, region }, principal, cluster: described } = input;
  const mode = described?.authenticationMode;
  const target = { cluster, region, partition: findPartition(region).id, principalArn: principal.arn };
  const known = mode === "CONFIG_MAP" ? NOTHING : await readEntry(host, input);
  return { target, principal, mode, ...known };
}

type KnownAccess = Pick<AccessFacts, "entry" | "policies" | "refusal">;

const NOTHING: KnownAccess = { entry: undefined, policies: [], refusal: undefined };

/** Looked up among all, since paths may differ; where all may not be listed, by the ARN that is likely. */
async function readEntry(host: Needs<"net" | "clock">, { named, access, principal }: FactsInput): Promise<KnownAccess> {
  const where = { ...access, region: named.region, cluster: named.name };
  try {
    const [found] = matchPrincipals(await listAccessEntries(host, where), principal);
    return found === undefined ? NOTHING : await readPolicies(host, { ...where, principalArn: found });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "aws-denied") return { ...NOTHING, refusal: error.message };
    const own = await readPolicies(host, { ...where, principalArn: principal.arn }).catch(() => NOTHING);
    return own.entry === undefined ? { ...NOTHING, refusal: error.message } : own;
  }
}

async function readPolicies(
  host: Needs<"net" | "clock">,
  where: Parameters<typeof describeAccessEntry>[1],
): Promise<KnownAccess> {
  const entry: AccessEntry | undefined = await describeAccessEntry(host, where);
  if (entry === undefined) return NOTHING;
  const policies: readonly AccessPolicy[] = await listAccessPolicies(host, where).catch(() => []);
  return { entry, policies, refusal: undefined };
}
