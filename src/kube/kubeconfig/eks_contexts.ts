import { type ExecTarget, isEksTarget } from "../exec/exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";

/** A context that this program has written, for a cluster of EKS. */
export interface EksContext {
  readonly name: string;
  readonly arn: string;
  readonly target: ExecTarget;
}

/** `arn:<partition>:eks:<region>:<account>:cluster/<name>`. */
const CLUSTER_ARN = /^arn:aws[a-z-]*:eks:([a-z0-9-]+):\d{12}:cluster\/([A-Za-z0-9_-]+)$/;

export interface EksContextsInput {
  readonly names: NamesInUse;
  /** Whether atmos.yaml gives the cluster's user that name. */
  readonly isUserAlias: (use: ClusterUser) => boolean;
}

/** A user and the cluster that it is for. */
export interface ClusterUser {
  readonly user: string;
  readonly cluster: string;
  readonly region: string;
}

/** The region and the name in a cluster's ARN; undefined for what is none. */
export function clusterInArn(arn: string): Pick<ClusterUser, "region" | "cluster"> | undefined {
  const [, region, cluster] = CLUSTER_ARN.exec(arn) ?? [];
  return region === undefined || cluster === undefined ? undefined : { region, cluster };
}

/** Whether a plugin that we write makes tokens for that very cluster. */
export function isForCluster(target: ExecTarget, arn: string): boolean {
  const found = clusterInArn(arn);
  // On an Outpost it is an id that says which cluster.
  return found !== undefined && isEksTarget(target) && target.region === found.region &&
    (target.isId || target.cluster === found.cluster);
}

/**
 * The contexts of a kubeconfig that are ours: for a cluster that is named by its ARN, with a user whose plugin makes
 * tokens for that very cluster, and is this program or has a name that we give.
 */
export function eksContexts({ names, isUserAlias }: EksContextsInput): readonly EksContext[] {
  return names.contexts().flatMap(({ name, cluster: arn = "", user = "" }) => {
    const target = names.user(user);
    const found = clusterInArn(arn);
    if (found === undefined || target === undefined || !isForCluster(target, arn)) return [];
    const isOurs = target.plugin === "atmos" || isOurName(user, found.cluster) || isUserAlias({ user, ...found });
    return isOurs ? [{ name, arn, target }] : [];
  });
}

function isOurName(user: string, cluster: string): boolean {
  return user === `user-${cluster}` || user.startsWith(`user-${cluster}@`);
}
