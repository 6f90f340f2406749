import type { AwsAccess } from "../../aws/client/client_config.ts";
import { inspectCluster, type InspectedCluster } from "../../aws/eks/inspect_cluster.ts";
import { checkServer } from "../../aws/eks/usable_cluster.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { findFlag } from "../../kube/exec/exec_target.ts";
import type { MergedContext } from "../../kube/kubectl/merged_files.ts";
import type { CommandPart } from "../../remedy.ts";
import { failure, failureFrom, ok, skipped, type Verdict, warning } from "./step.ts";

/** A cluster as a kubeconfig, an integration or the command line names it. */
export interface ClusterName {
  readonly name: string;
  readonly region: string;
  /** Where the name of the entry says it. */
  readonly account: string | undefined;
}

interface FoundCluster {
  readonly verdict: Verdict;
  readonly cluster: InspectedCluster | undefined;
}

interface ClusterInput {
  readonly named: ClusterName | undefined;
  readonly access: AwsAccess | undefined;
  /** Of the caller. */
  readonly account: string | undefined;
}

/** Returns what EKS says of the cluster now. */
export async function describeNow(
  host: Needs<"net" | "clock">,
  { named, access, account }: ClusterInput,
): Promise<FoundCluster> {
  if (named === undefined) {
    return { verdict: skipped("the entry does not say which EKS cluster it is for"), cluster: undefined };
  }
  if (access === undefined) return { verdict: skipped("there are no credentials"), cluster: undefined };
  try {
    const cluster = await inspectCluster(host, { ...access, region: named.region, name: named.name });
    if (named.account !== undefined && named.account !== cluster.account) {
      return {
        verdict: elsewhere(named, `account ${cluster.account}, which has a cluster of that name`),
        cluster: undefined,
      };
    }
    return judgeCluster(cluster, named);
  } catch (error) {
    return { verdict: judgeError(error, { named, account }), cluster: undefined };
  }
}

const WAITING: ReadonlySet<string> = new Set(["CREATING", "PENDING"]);
const USABLE: ReadonlySet<string> = new Set(["ACTIVE", "UPDATING"]);

function judgeCluster(cluster: InspectedCluster, { region }: ClusterName): FoundCluster {
  const { name, account, status, authenticationMode } = cluster;
  const where = `in ${region} of account ${account}`;
  if (!USABLE.has(status)) {
    const fix = WAITING.has(status) ? `aws eks wait cluster-active --name ${name} --region ${region}` : undefined;
    return { verdict: failure("eks-describe", `EKS cluster "${name}" ${where} is ${status}`, { fix }), cluster };
  }
  try {
    checkServer(cluster);
  } catch (error) {
    // An entry is compared with no server that none may be written for.
    return { verdict: failureFrom(error), cluster: { ...cluster, endpoint: undefined } };
  }
  const mode = authenticationMode === undefined ? "" : `, authenticationMode ${authenticationMode}`;
  return { verdict: ok(`EKS cluster "${name}" ${where} is ${status}${mode}`), cluster };
}

function judgeError(
  error: unknown,
  { named, account }: Pick<ClusterInput, "account"> & { named: ClusterName },
): Verdict {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "aws-denied") {
    return warning(`${error.message}; the entry cannot be compared`, { hint: error.hint, context: error.context });
  }
  const isElsewhere = named.account !== undefined && account !== undefined && named.account !== account;
  if (error.code !== "eks-cluster-not-found" || !isElsewhere) return failureFrom(error);
  return elsewhere(named, `account ${account}, which has no cluster of that name in ${named.region}`);
}

function elsewhere({ name, account }: ClusterName, found: string): Verdict {
  const text = `the entry is for EKS cluster "${name}" in account ${account}, but these credentials belong to ${found}`;
  return failure("eks-cluster-not-found", text, {
    hint: `Use credentials of account ${account}: --identity NAME or --profile NAME`,
  });
}

interface EntryInput {
  readonly context: MergedContext | undefined;
  readonly cluster: InspectedCluster | undefined;
  /** What says where the cluster's server is. */
  readonly source: "EKS" | "atmos.yaml";
  /** A command that writes the entry again. */
  readonly update: CommandPart | undefined;
}

/** Returns whether a kubeconfig's entry is what EKS says now, and what its plugin was told. */
export function checkEntry({ context, cluster, source, update }: EntryInput): Verdict {
  const entry = context?.cluster;
  if (context === undefined || entry === undefined) return skipped("there is no entry in a kubeconfig");
  const broken = (found: string) => failure("kubeconfig-merge", `cluster "${entry.name}": ${found}`, { fix: update });
  if (entry.server === undefined) return broken("it has no server");
  const pin = findFlag(context.user?.exec?.args ?? [], ["--endpoint"]);
  if (pin !== undefined && !isSameServer(pin, entry.server)) {
    return broken(`its server is ${entry.server}, and its plugin makes tokens for ${pin} only`);
  }
  if (entry.isInsecure) {
    return warning(`cluster "${entry.name}": the server's TLS certificate is not verified (insecure-skip-tls-verify)`, {
      fix: update,
    });
  }
  if (cluster?.endpoint === undefined) return skipped("EKS does not say what it should be");
  if (isTunnel(entry.tlsServerName, cluster.endpoint)) return ok(`through ${entry.server}, as ${entry.tlsServerName}`);
  if (!isSameServer(entry.server, cluster.endpoint)) {
    return broken(`its server is ${entry.server}, and ${source} says ${cluster.endpoint}`);
  }
  const { certificateAuthorityData: known } = entry;
  if (known !== undefined && known !== cluster.certificateAuthorityData) {
    return broken(`its certificate authority is not the one that ${source} says`);
  }
  if (known === undefined && entry.certificateAuthority === undefined) return broken("it has no certificate authority");
  return ok(`as in ${source}: ${entry.server}`);
}

function isSameServer(one: string, other: string): boolean {
  return URL.parse(one)?.origin === URL.parse(other)?.origin;
}

/** Whether the entry goes through something else to the very server of the cluster, which proves its name. */
function isTunnel(tlsServerName: string | undefined, endpoint: string): boolean {
  return tlsServerName !== undefined && tlsServerName === URL.parse(endpoint)?.hostname;
}

/** Returns the region, name and account in a cluster's ARN; undefined for any other name. */
export function readClusterName(text: string): ClusterName | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "eks" || !arn.resource.startsWith("cluster/")) return undefined;
  return { name: arn.resource.slice("cluster/".length), region: arn.region, account: arn.account };
}
