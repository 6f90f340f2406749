import { type ExecTarget, isEksTarget } from "../exec/exec_target.ts";
import type { ContextUse, NamesInUse } from "./names_in_use.ts";

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
  /** Whether the context was written by this program, and is as it was written, whatever its user is called. */
  readonly isRecorded: (use: ContextUse) => boolean;
}

/** The region and the name in the ARN of a cluster; undefined for anything else. */
export function parseClusterArn(arn: string): { readonly region: string; readonly cluster: string } | undefined {
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
 * The contexts of a kubeconfig that this program has written, by their look: for a cluster that is named by its ARN, with
 * a user whose plugin makes tokens for that very cluster, and is this program or has a name that this program gives by
 * itself. A user of another name is one of a context on record: a configuration may call it as another tool does.
 */
export function findEksContexts({ names, isRecorded }: FindEksContextsInput): readonly EksContext[] {
  return names.contexts().flatMap((use) => {
    const { name, cluster: arn = "", user = "" } = use;
    const target = names.user(user);
    const found = parseClusterArn(arn);
    if (found === undefined || target === undefined || !isForCluster(target, arn)) return [];
    const isWritten = target.plugin === "atmos" || isGivenName(user, found.cluster) || isRecorded(use);
    return isWritten ? [{ name, arn, target }] : [];
  });
}

function isGivenName(user: string, cluster: string): boolean {
  return user === `user-${cluster}` || user.startsWith(`user-${cluster}@`);
}
