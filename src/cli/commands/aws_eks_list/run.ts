import { checkRegion } from "../../../aws/names/names.ts";
import { type ClusterContext, readClusterContexts } from "../../../kube/kubectl/cluster_contexts.ts";
import { locateKubeconfig } from "../../../kube/kubeconfig/locate.ts";
import type { Input } from "../../args/command.ts";
import { usageError } from "../../args/usage_error.ts";
import { explainNone, startCounter, usualRegions, warnOfFailures } from "../../fleet/scan_report.ts";
import { type FoundCluster, scanClusters } from "../../fleet/scan_clusters.ts";
import { reportChoice } from "../../login/report_choice.ts";
import { selectCallers } from "../../fleet/select_callers.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { tableWidth } from "../../output/table.ts";
import { formatCount } from "../../output/text.ts";
import type { AWS_EKS_LIST_FLAGS } from "./command.ts";
import { type ListedCluster, renderClusters } from "./render_clusters.ts";

/** `atmos aws eks list`: the clusters on stdout; what could not be asked, on stderr. */
export async function runAwsEksList(
  host: LoginCommandHost,
  { flags, globals }: Input<typeof AWS_EKS_LIST_FLAGS>,
): Promise<number> {
  const asked = flags.region ?? [];
  asked.forEach(checkRegion);
  if (flags["all-regions"] && asked.length > 0) {
    const found = "they exclude each other";
    throw usageError({ what: "--all-regions with --region", found, hint: "Use one of them" });
  }
  const kubeconfig = locateKubeconfig(host, flags.kubeconfig).path;
  const selected = await selectCallers(host, {
    globals,
    isAll: flags["all-identities"],
    profile: flags.profile,
    region: asked[0],
    isAnyRegion: flags["all-regions"],
  });
  if (selected.choice !== undefined) await reportChoice(host, { choice: selected.choice, globals });
  const regions = flags["all-regions"] ? undefined : asked.length > 0 ? asked : await usualRegions(selected);
  const counter = startCounter(host, globals);
  const scanned = await scanClusters(host, {
    ...{ callers: selected.callers, regions, most: flags.parallel },
    progress: counter.show,
  }).finally(counter.end);
  const failures = [...selected.failures, ...scanned.failures];
  if (scanned.answered === 0 && failures.length > 0) throw explainNone(host, { failures, globals });
  warnOfFailures(host, { failures, globals });
  const contextsOf = readClusterContexts(host, kubeconfig);
  const listed = scanned.clusters.map((cluster) => listCluster(cluster, contextsOf(cluster)));
  host.terminal.out(await renderClusters(listed, { output: flags.output, width: tableWidth(host) }));
  if (listed.length === 0) host.terminal.err(`No clusters in ${formatCount(scanned.answered, "region")}.\n`);
  return 0;
}

function listCluster(found: FoundCluster, all: readonly ClusterContext[]): ListedCluster {
  const { caller, name, arn, region, status, version, endpoint } = found;
  const { account, accountName, identity } = caller;
  const isOwn = ({ identity: of }: ClusterContext) => of !== undefined && of.toLowerCase() === identity?.toLowerCase();
  const contexts = [...all.filter(isOwn), ...all.filter((one) => !isOwn(one))];
  return { ...{ name, arn, region, status, version, endpoint }, ...{ account, accountName, identity, contexts } };
}
