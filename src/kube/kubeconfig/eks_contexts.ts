import { type ExecTarget, isEksTarget } from "../exec/exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";

/** A context that this program has written for an EKS cluster. */
export interface EksContext {
  readonly name: string;
  readonly arn: string;
  readonly target: ExecTarget;
}

/** `arn:<partition>:eks:<region>:<account>:cluster/<name>`. */
const CLUSTER_ARN = /^arn:aws[a-z-]*:eks:([a-z0-9-]+):\d{12}:cluster\/([A-Za-z0-9_-]+)$/;

interface FindEksContextsInput {
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

/** The region and the name in the ARN of a cluster; undefined for anything else. */
export function parseClusterArn(arn: string): Pick<ClusterUser, "region" | "cluster"> | undefined {
  const [, region, cluster] = CLUSTER_ARN.exec(arn) ?? [];
  return region === undefined || cluster === undefined ? undefined : { region, cluster };
}

/** Whether a plugin that we write makes tokens for that very cluster. */
export function isForCluster(target: ExecTarget, arn: string): boolean {
  const found = parseClusterArn(arn);
  // On an Outpost it is an id that says which cluster.
  return found !== undefined && isEksTarget(target) && target.region === found.region &&
    (target.isId || target.cluster === found.cluster);
}

/**
 * The contexts of a kubeconfig that this program has written, by their look and not by any record: for a cluster
 * that is named by its ARN, with a user whose plugin makes tokens for that very cluster, and is this program or has a name
 * that this program gives.
 */
export function findEksContexts({ names, isUserAlias }: FindEksContextsInput): readonly EksContext[] {
  return names.contexts().flatMap(({ name, cluster: arn = "", user = "" }) => {
    const target = names.user(user);
    const found = parseClusterArn(arn);
    if (found === undefined || target === undefined || !isForCluster(target, arn)) return [];
    const isWritten = target.plugin === "atmos" || isGivenName(user, found.cluster) || isUserAlias({ user, ...found });
    return isWritten ? [{ name, arn, target }] : [];
  });
}

function isGivenName(user: string, cluster: string): boolean {
  return user === `user-${cluster}` || user.startsWith(`user-${cluster}@`);
}
