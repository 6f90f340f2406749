import { findValue } from "../../formats/yaml/node.ts";
import { getText } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import { kubectlFiles } from "../kubeconfig/locate.ts";
import { NamesInUse } from "../kubeconfig/names_in_use.ts";
import { readOther } from "./kubectl_view.ts";

/** A context, and the kubeconfig that has it. */
export interface ClusterContext {
  readonly name: string;
  readonly path: string;
  /** Whose tokens its plugin makes, as far as the plugin's command line says: an identity of atmos.yaml or a profile. */
  readonly identity: string | undefined;
}

/**
 * Returns a lookup of the contexts that are for a cluster, by the ARN that names the cluster in a kubeconfig or by the
 * address of its API server. The files are those that kubectl reads, then `path`. Permissions: env, read.
 */
export function readClusterContexts(
  host: Needs<"env" | "read" | "sys">,
  path: string,
): (
  cluster: { readonly arn?: string | undefined; readonly endpoint?: string | undefined },
) => readonly ClusterContext[] {
  const byCluster = new Map<string, ClusterContext[]>();
  for (const { context, cluster, server } of listContexts(host, path)) {
    for (const key of new Set([cluster, server])) if (key !== undefined) append(byCluster, { key, context });
  }
  return ({ arn = "", endpoint = "" }) => [
    ...new Set([...byCluster.get(arn) ?? [], ...endpoint === "" ? [] : byCluster.get(endpoint) ?? []]),
  ];
}

/** Returns the contexts of clusters whose ARN fits, with the ARN, in the same files. Permissions: env, read. */
export function findClusterContexts(
  host: Needs<"env" | "read" | "sys">,
  { path, isMeant }: { readonly path: string; readonly isMeant: (arn: string) => boolean },
): readonly (ClusterContext & { readonly arn: string })[] {
  return [...listContexts(host, path)].flatMap(({ context, cluster: arn }) =>
    arn !== undefined && isMeant(arn) ? [{ ...context, arn }] : []
  );
}

interface ListedContext {
  readonly context: ClusterContext;
  /** The name of its cluster, which for those of EKS is an ARN. */
  readonly cluster: string | undefined;
  readonly server: string | undefined;
}

function* listContexts(host: Needs<"env" | "read" | "sys">, path: string): Generator<ListedContext> {
  for (const file of new Set([...kubectlFiles(host), path])) {
    const read = readOther(host, file);
    if (read === undefined || "found" in read) continue;
    const names = new NamesInUse(read.config);
    for (const { name, cluster, user } of names.contexts()) {
      const payload = cluster === undefined ? undefined : read.config.clusters.entries.get(cluster)?.payload;
      const server = payload === undefined ? undefined : getText(findValue(payload, "server"));
      const target = user === undefined ? undefined : names.user(user);
      yield { context: { name, path: file, identity: target?.identity ?? target?.profile }, cluster, server };
    }
  }
}

function append(
  all: Map<string, ClusterContext[]>,
  { key, context }: { readonly key: string; readonly context: ClusterContext },
): void {
  const known = all.get(key);
  if (known === undefined) all.set(key, [context]);
  else known.push(context);
}
