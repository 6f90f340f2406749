import { chainOf } from "../../../auth/model/chain.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { linkedTo } from "../../../integrations/contract/linked.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { readClusterContexts } from "../../../kube/kubectl/cluster_contexts.ts";
import { locateKubeconfig } from "../../../kube/kubeconfig/locate.ts";
import type { Input } from "../../args/command.ts";
import { usageError } from "../../args/usage_error.ts";
import type { FleetCaller, FleetFailure } from "../../fleet/fleet_callers.ts";
import { type FoundCluster, scanClusters, type ScanProgress } from "../../fleet/scan_clusters.ts";
import { selectCallers } from "../../fleet/select_callers.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { warns } from "../../output/report.ts";
import { counted, printable } from "../../output/text.ts";
import type { AuthOf } from "../../project/load.ts";
import { mayMove } from "../../prompt/spinner.ts";
import type { AWS_EKS_LIST_FLAGS } from "./command.ts";
import { type ListedCluster, renderClusters } from "./render_clusters.ts";

type ListInput = Input<typeof AWS_EKS_LIST_FLAGS>;

/** `atmos aws eks list`: the clusters on stdout; what could not be asked, on stderr. */
export async function runAwsEksList(host: LoginCommandHost, { flags, globals }: ListInput): Promise<number> {
  const asked = flags.region ?? [];
  asked.forEach(checkRegion);
  if (flags["all-regions"] && asked.length > 0) {
    const found = "both say where to look";
    throw usageError({ what: "--all-regions with --region", found, hint: "Give one of them" });
  }
  const kubeconfig = locateKubeconfig(host, flags.kubeconfig).path;
  const selected = await selectCallers(host, {
    globals,
    isAll: flags["all-identities"],
    profile: flags.profile,
  });
  const regions = flags["all-regions"] ? undefined : asked.length > 0 ? asked : usualRegions(selected);
  const counter = startCounter(host, globals);
  const scanned = await scanClusters(host, {
    ...{ callers: selected.callers, regions, most: flags.parallel },
    progress: counter.show,
  }).finally(counter.end);
  const failures = [...selected.failures, ...scanned.failures];
  if (scanned.answered === 0 && failures.length > 0) throw failures[0]!.error;
  if (warns(globals)) warnOfFailures(host, failures);
  const contextOf = readClusterContexts(host, kubeconfig);
  const listed = scanned.clusters.map((cluster) => listCluster(cluster, contextOf(cluster)));
  host.terminal.out(await renderClusters(listed, flags.output));
  if (listed.length === 0) host.terminal.err(`No clusters in ${counted(scanned.answered, "region")}.\n`);
  return 0;
}

/** Regions that the identities and their integrations name. */
function usualRegions(
  { callers, auth }: { readonly callers: readonly FleetCaller[]; readonly auth: AuthOf | undefined },
): readonly string[] {
  const linked = auth === undefined ? [] : callers.flatMap(({ identity }) => {
    if (identity === undefined) return [];
    return linkedTo(auth.model, chainOf(auth.model, identity)).filter(isEks).map(({ cluster }) => cluster.region);
  });
  const found = [...new Set([...callers.flatMap(({ region }) => region ?? []), ...linked])];
  if (found.length > 0) return found;
  const hint = "Give --region REGION or --all-regions, or set AWS_REGION";
  throw usageError({ what: "clusters", found: "nothing says in which region to look", hint });
}

/** A line at a terminal that counts what is found. */
function startCounter(host: LoginCommandHost, globals: ListInput["globals"]) {
  if (!mayMove(host, globals)) return { show() {}, end() {} };
  let stop = host.terminal.spin("Looking for clusters");
  return {
    show({ regions, asked, clusters }: ScanProgress): void {
      stop();
      stop = host.terminal.spin(`${counted(clusters, "cluster")}, ${asked} of ${counted(regions, "region")} asked`);
    },
    end: () => stop(),
  };
}

function warnOfFailures(host: LoginCommandHost, failures: readonly FleetFailure[]): void {
  for (const { where, error } of failures) {
    host.terminal.err(`Warning: ${printable(`${where}: ${error.message}`)}\n`);
  }
  const hints = new Set(failures.map(({ error }) => error.hint ?? ""));
  for (const hint of [...hints].filter((one) => one !== "")) host.terminal.err(`Hint: ${printable(hint)}\n`);
}

function listCluster(found: FoundCluster, context: ListedCluster["context"]): ListedCluster {
  const { caller, name, arn, region, status, version, endpoint } = found;
  const { account, accountName, identity } = caller;
  return { ...{ name, arn, region, status, version, endpoint }, ...{ account, accountName, identity, context } };
}
