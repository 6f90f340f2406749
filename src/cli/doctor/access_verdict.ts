import type { AccessEntry, AccessPolicy } from "../../aws/eks/access_entries.ts";
import { type AccessPrincipal, isReservedName } from "../../aws/eks/access_principal.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import { joinLines } from "../../remedy.ts";
import {
  type AccessTarget,
  associateViewCommand,
  createEntryCommand,
  deleteEntryCommand,
  enableEntriesCommand,
} from "./access_commands.ts";
import { failure, type Verdict } from "./step.ts";

/** What EKS says of a principal that the cluster may know. */
export interface AccessFacts {
  readonly target: AccessTarget;
  readonly principal: AccessPrincipal;
  /** undefined where EKS does not say it. */
  readonly mode: string | undefined;
  /** The principal's own access entry. */
  readonly entry: AccessEntry | undefined;
  readonly policies: readonly AccessPolicy[];
  /** Why EKS does not say whether there is one. */
  readonly refusal: string | undefined;
}

/**
 * Returns why a cluster refuses a token (401) whose signature is good, and the commands that let its principal in.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export function judgeUnknown(facts: AccessFacts): Verdict {
  const { target, principal, mode, entry, refusal } = facts;
  if (principal.kind === "root" || principal.kind === "other") {
    return failure("login-denied", `a cluster lets in no ${principal.arn}: only IAM users and roles`);
  }
  if (mode === "CONFIG_MAP") return onlyConfigMap(facts);
  const letIn = `${createEntryCommand(target)} && ${associateViewCommand(target)}`;
  const hint = joinLines([ADMIN, pathHint(principal), configMapHint(facts)].filter((line) => line !== ""));
  if (refusal !== undefined) return failure("login-denied", refusal, { fix: letIn, hint });
  if (entry === undefined) {
    return failure("login-denied", `the cluster has no access entry for ${principal.arn}`, { fix: letIn, hint });
  }
  const found =
    `there is an access entry for ${entry.principalArn}, but the cluster does not recognize it: it is a minute ` +
    `old, or belongs to a deleted ${principal.kind} with the same name`;
  const known = { ...target, principalArn: entry.principalArn };
  return failure("login-denied", found, { fix: `${deleteEntryCommand(known)} && ${letIn}`, hint });
}

const ADMIN = "Run it as an administrator of the cluster (AmazonEKSViewPolicy allows reading, " +
  "AmazonEKSClusterAdminPolicy everything)";

function onlyConfigMap({ target, principal }: AccessFacts): Verdict {
  const found = `authenticationMode is CONFIG_MAP, so ConfigMap aws-auth alone counts, which has no ${principal.name}`;
  const letIn = `${createEntryCommand(target)} && ${associateViewCommand(target)}`;
  return failure("login-denied", found, {
    fix: `${enableEntriesCommand(target)} && ${letIn}`,
    hint: joinLines([ADMIN, `Or add to aws-auth: ${configMapLine(principal, target)}`]),
  });
}

/** The ConfigMap takes ARNs of roles without their paths. */
function configMapLine({ kind, account, name, arn }: AccessPrincipal, { partition }: AccessTarget): string {
  if (kind === "user") return `mapUsers: [{userarn: ${arn}, username: ${name}, groups: [GROUP]}]`;
  const role = `arn:${partition}:iam::${account}:role/${name}`;
  return `mapRoles: [{rolearn: ${role}, username: ${name}, groups: [GROUP]}]`;
}

function pathHint({ isComplete, name }: AccessPrincipal): string {
  if (isComplete) return "";
  const role = isReservedName(name) ? "the region of IAM Identity Center belongs into its path" : "it may have a path";
  return `Check the role's ARN, because ${role}: aws iam get-role --role-name ${name} --query Role.Arn --output text`;
}

function configMapHint({ mode, principal, target }: AccessFacts): string {
  if (mode === "API") return "";
  return `ConfigMap aws-auth may still count (kubectl -n kube-system get configmap aws-auth -o yaml): ` +
    `${configMapLine(principal, target)}, the role's ARN without a path`;
}

interface Forbidden extends AccessFacts {
  readonly username: string;
  readonly groups: readonly string[];
  readonly namespace: string;
  /** What the cluster has refused, as it says it. */
  readonly message: string;
}

/** Returns why a user whom a cluster knows may do nothing in a namespace (403), and what gives it permissions. */
export function judgeForbidden(given: Forbidden): Verdict {
  const { username, groups, namespace, entry, policies, message, target } = given;
  const own = groups.filter((name) => name !== "system:authenticated");
  const found = `${message}: user "${username}" has ${own.length === 0 ? "no groups" : `groups ${own.join(", ")}`}` +
    `${entry === undefined ? "" : `, and ${policiesText(policies)}`}`;
  if (entry === undefined) {
    return failure("aws-denied", found, { fix: bindCommand(given), hint: "Run it as an administrator of the cluster" });
  }
  const fix = associateViewCommand({ ...target, principalArn: entry.principalArn }, namespace);
  return failure("aws-denied", found, { fix, hint: ADMIN });
}

function policiesText(policies: readonly AccessPolicy[]): string {
  if (policies.length === 0) return "its access entry has no policy";
  const names = policies.map(({ policyArn, namespaces }) =>
    `${policyArn.slice(policyArn.lastIndexOf("/") + 1)} in ${namespaces?.join(", ") ?? "the whole cluster"}`
  );
  return `its access entry has ${names.join("; ")}`;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#kubectl-create-rolebinding */
function bindCommand({ username, namespace, principal }: Forbidden): string {
  const name = `view-${principal.name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-").slice(0, 50)}`;
  return `kubectl create rolebinding ${name} --clusterrole=view --user=${quotePosix(username)} --namespace=${
    quotePosix(namespace)
  }`;
}
