import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { kubeconfigFile } from "../../../integrations/eks/kubeconfig_file.ts";
import { readExecTarget } from "../../../kube/exec/exec_target.ts";
import { kubectlFiles, locateKubeconfig } from "../../../kube/kubeconfig/locate.ts";
import {
  mergeContext,
  type MergedContext,
  type MergedFiles,
  mergeFiles,
  selectedContext,
} from "../../../kube/kubectl/merged_files.ts";
import { type ClusterName, readClusterName } from "../../doctor/cluster_steps.ts";
import type { DoctorInput } from "./command.ts";

type FilesHost = Needs<"env" | "read" | "sys">;

/** A context that is asked for by its name, by a cluster or by what the files select. */
export interface SelectedContext {
  /** What kubectl reads. */
  readonly merged: MergedFiles;
  /** undefined where nothing names a context. */
  readonly name: string | undefined;
  /** The file whose current-context it is. */
  readonly selectedBy: string | undefined;
  readonly context: MergedContext | undefined;
  /** Whether it is in a file of this program that kubectl does not read. */
  readonly isUnread: boolean;
}

/** Returns the context that the command line means, as kubectl would find it, else in this program's own kubeconfig. */
export function selectContext(host: FilesHost, { args: [argument], flags }: DoctorInput): SelectedContext {
  const merged = mergeFiles(host, kubectlFiles(host));
  const find = (files: MergedFiles): Omit<SelectedContext, "merged" | "isUnread"> => {
    if (argument === undefined && flags.name !== undefined) {
      const context = findClusterContext(files, { name: flags.name, region: flags.region });
      return { name: context?.name, selectedBy: undefined, context };
    }
    const selected = argument === undefined ? selectedContext(files) : { name: argument, path: undefined };
    if (selected === undefined) return { name: undefined, selectedBy: undefined, context: undefined };
    return { name: selected.name, selectedBy: selected.path, context: mergeContext(files, selected.name) };
  };
  const found = find(merged);
  if (found.context !== undefined || found.selectedBy !== undefined) return { merged, ...found, isUnread: false };
  const own = find(mergeFiles(host, listOwnFiles(host)));
  if (own.context === undefined) return { merged, ...found, isUnread: false };
  return { merged, ...own, isUnread: true };
}

/** The kubeconfig that this program writes; without HOME there may be none. */
function listOwnFiles(host: FilesHost): readonly string[] {
  try {
    return [locateKubeconfig(host, host.env.get("ATMOS_KUBECONFIG")).path];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

interface RequestedCluster {
  readonly name: string;
  readonly region: string | undefined;
  /** Preferred where several contexts have the cluster. */
  readonly identity?: string | undefined;
}

/** Returns the first context of a cluster, by the name of its entry or what its plugin makes tokens for. */
function findClusterContext(
  files: MergedFiles,
  { name, region, identity }: RequestedCluster,
): MergedContext | undefined {
  const names = files.files.flatMap(({ config }) => [...config.contexts.entries.keys()]);
  const found = [...new Set(names)].flatMap((one) => mergeContext(files, one) ?? []).filter((context) => {
    const cluster = nameCluster(context);
    return cluster?.name === name && (region === undefined || cluster.region === region);
  });
  const isAs = ({ user }: MergedContext) =>
    user?.exec !== undefined && readExecTarget(user.exec).identity?.toLowerCase() === identity?.toLowerCase();
  return found.find(isAs) ?? found[0];
}

/** Returns the cluster of a context; undefined where nothing says that it is one of EKS. */
export function nameCluster({ clusterName, user }: MergedContext): ClusterName | undefined {
  const named = readClusterName(clusterName ?? "");
  if (named !== undefined || user?.exec === undefined) return named;
  const { cluster, region, isId } = readExecTarget(user.exec);
  return cluster === undefined || region === undefined || isId
    ? undefined
    : { name: cluster, region, account: undefined };
}

/** Returns the context of an integration's cluster: in what kubectl reads, else in the file that a login writes. */
export function selectIntegration(
  host: FilesHost,
  { merged, integration }: { readonly merged: MergedFiles; readonly integration: EksIntegration },
): SelectedContext {
  const { cluster: { name, region }, via: { identity } } = integration;
  const find = (files: MergedFiles) => findClusterContext(files, { name, region, identity });
  const seen = find(merged);
  const context = seen ?? find(mergeFiles(host, [kubeconfigFile(host, integration)]));
  const isUnread = seen === undefined && context !== undefined;
  return { merged, name: context?.name, selectedBy: undefined, context, isUnread };
}
