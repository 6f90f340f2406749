import { quotePosix } from "../../formats/text/shell_quote.ts";

/** A principal and the cluster that it is to be let into. */
export interface AccessTarget {
  readonly cluster: string;
  readonly region: string;
  readonly partition: string;
  readonly principalArn: string;
}

/** Returns the command that lets a principal in. https://docs.aws.amazon.com/cli/latest/reference/eks/create-access-entry.html */
export function createEntryCommand(target: AccessTarget): string {
  return `aws eks create-access-entry ${flags(target)}`;
}

/** Returns the command that forgets a principal. */
export function deleteEntryCommand(target: AccessTarget): string {
  return `aws eks delete-access-entry ${flags(target)}`;
}

/**
 * Returns the command that lets a principal read: in one namespace, or in the whole cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export function associateViewCommand(target: AccessTarget, namespace?: string): string {
  const policy = `arn:${target.partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`;
  const scope = namespace === undefined ? "type=cluster" : `type=namespace,namespaces=${namespace}`;
  return `aws eks associate-access-policy ${flags(target)} --policy-arn ${policy} --access-scope ${quotePosix(scope)}`;
}

/** Returns the commands that make a cluster take access entries, beside those of its aws-auth ConfigMap. */
export function enableEntriesCommand({ cluster, region }: Pick<AccessTarget, "cluster" | "region">): string {
  const where = `--name ${quotePosix(cluster)} --region ${quotePosix(region)}`;
  return `aws eks update-cluster-config ${where} --access-config authenticationMode=API_AND_CONFIG_MAP && ` +
    `aws eks wait cluster-active ${where}`;
}

function flags({ cluster, region, principalArn }: AccessTarget): string {
  return `--cluster-name ${quotePosix(cluster)} --region ${quotePosix(region)} ` +
    `--principal-arn ${quotePosix(principalArn)}`;
}
