import { valueOf } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { kubectlFiles } from "../kubeconfig/locate.ts";
import { NamesInUse } from "../kubeconfig/names_in_use.ts";
import { readOther } from "./kubectl_view.ts";

/** A context, and the kubeconfig that has it. */
export interface ClusterContext {
  readonly name: string;
  readonly path: string;
}

/**
 * Returns a lookup of the first context that is for a cluster, by the ARN that names the cluster in a kubeconfig or by
 * the address of its API server. The files are those that kubectl reads, then `path`. Permissions: env, read.
 */
export function readClusterContexts(
  host: Needs<"env" | "read" | "sys">,
  path: string,
): (
  cluster: { readonly arn?: string | undefined; readonly endpoint?: string | undefined },
) => ClusterContext | undefined {
  const byCluster = new Map<string, ClusterContext>();
  for (const file of new Set([...kubectlFiles(host), path])) {
    const read = readOther(host, file);
    if (read === undefined || "found" in read) continue;
    for (const { name, cluster } of new NamesInUse(read.config).contexts()) {
      const payload = cluster === undefined ? undefined : read.config.clusters.entries.get(cluster)?.payload;
      const server = payload === undefined ? undefined : textOf(valueOf(payload, "server"));
      for (const key of [cluster, server]) {
        if (key !== undefined && !byCluster.has(key)) byCluster.set(key, { name, path: file });
      }
    }
  }
  return ({ arn, endpoint }) => byCluster.get(arn ?? "") ?? byCluster.get(endpoint ?? "");
}
