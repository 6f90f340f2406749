import { valueOf } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";
import type { Needs } from "../../host/host.ts";
import type { Kubeconfig } from "../kubeconfig/kubeconfig.ts";
import { markForKubectl } from "../kubeconfig/locate.ts";
import { readOther } from "./kubectl_view.ts";

/** A cluster by what a kubeconfig calls it, for us its ARN, and by the address of its API server. */
interface ClusterKeys {
  readonly cluster: string | undefined;
  readonly server: string | undefined;
}

/** A context of another file whose name stands for another cluster in ours. */
interface ShadowedContext {
  readonly name: string;
  readonly path: string;
}

/**
 * Returns a lookup of what a context of a kubeconfig hides, once kubectl reads that file before all others: the context
 * of the same name that leads to another cluster, in the first other file of kubectl's that has one. The files are read
 * once, when the first name is looked up. Permissions: env, read, sys.
 */
export function shadowedContexts(
  host: Needs<"env" | "read" | "sys">,
  path: string,
): (name: string, keys: ClusterKeys) => ShadowedContext | undefined {
  let others: readonly { readonly path: string; readonly config: Kubeconfig }[] | undefined;
  return (name, { cluster, server }) => {
    others ??= markForKubectl(host, path).flatMap((file) => {
      const read = file.isMeant ? undefined : readOther(host, file.path);
      return read === undefined || "found" in read ? [] : [read];
    });
    const other = others.find(({ config }) => config.contexts.entries.has(name));
    if (other === undefined) return undefined;
    const keys = clusterKeys(other.config, name);
    const isSame = (keys.cluster !== undefined && keys.cluster === cluster) ||
      (keys.server !== undefined && keys.server === server);
    return isSame ? undefined : { name, path: other.path };
  };
}

/** Returns those of the contexts of a kubeconfig that hide another file's. Permissions: env, read, sys. */
export function listShadowed(
  host: Needs<"env" | "read" | "sys">,
  { path, contexts }: { readonly path: string; readonly contexts: readonly string[] },
): readonly ShadowedContext[] {
  const find = shadowedContexts(host, path);
  const likely = contexts.filter((name) => find(name, { cluster: undefined, server: undefined }) !== undefined);
  const own = likely.length === 0 ? undefined : readOther(host, path);
  if (own === undefined || "found" in own) return [];
  return likely.flatMap((name) =>
    own.config.contexts.entries.has(name) ? find(name, clusterKeys(own.config, name)) ?? [] : []
  );
}

function clusterKeys({ contexts, clusters }: Kubeconfig, context: string): ClusterKeys {
  const cluster = textOf(valueOf(contexts.entries.get(context)?.payload, "cluster"));
  const server = textOf(valueOf(clusters.entries.get(cluster ?? "")?.payload, "server"));
  return { cluster, server };
}
