import { type ExecTarget, isEksTarget } from "./exec_target.ts";
import type { NamesInUse } from "./names_in_use.ts";

/** A context that this program has written, for a cluster of EKS. */
export interface EksContext {
  readonly name: string;
  readonly arn: string;
  readonly target: ExecTarget;
}

/** `arn:<partition>:eks:<region>:<account>:cluster/<name>`. */
const CLUSTER_ARN = /^arn:aws[a-z-]*:eks:([a-z0-9-]+):\d{12}:cluster\/([A-Za-z0-9_-]+)$/;

/**
 * The contexts of a kubeconfig that are ours: for a cluster that is named by its ARN, with a user whose plugin makes
 * tokens for that very cluster, and whose name is one that we give.
 */
export function eksContexts(names: NamesInUse): readonly EksContext[] {
  return names.contexts().flatMap(({ name, cluster: arn = "", user = "" }) => {
    const [, region, cluster] = CLUSTER_ARN.exec(arn) ?? [];
    const target = names.user(user);
    if (cluster === undefined || target === undefined || !isOurName(user, cluster)) return [];
    const isFor = isEksTarget(target) && target.region === region && target.cluster === cluster;
    return isFor ? [{ name, arn, target }] : [];
  });
}

function isOurName(user: string, cluster: string): boolean {
  return user === `user-${cluster}` || user.startsWith(`user-${cluster}@`);
}
