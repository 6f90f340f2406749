import { findFlag, readExecTarget } from "../../kube/exec/exec_target.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import type { Credentials } from "../../aws/client/credentials.ts";
import { eksToken } from "../../aws/eks/eks_token.ts";
import { isRoleArn } from "../../aws/names/arn.ts";
import { findPartition } from "../../aws/names/partition.ts";
import { assumeRole } from "../../aws/sts/sts.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecBlock } from "../../kube/exec/exec_block.ts";
import type { CommandPart } from "../../remedy.ts";
import { timeLeft } from "../login/login_summary.ts";
import type { ClusterName } from "./cluster_steps.ts";
import { failure, failureFrom, ok, skipped, type Verdict, warning } from "./step.ts";

interface RoleInput {
  readonly exec: ExecBlock | undefined;
  readonly access: AwsAccess | undefined;
  /** Whether the plugin is of the user's own files. */
  readonly isOwn: boolean;
}

/** Credentials that tokens are made with, and why there are none. */
export interface TokenCredentials {
  /** undefined where the plugin names no role. */
  readonly verdict: Verdict | undefined;
  readonly credentials: Credentials | undefined;
  readonly role: string | undefined;
}

/** As `aws eks get-token`. */
const SESSION_NAME = "EKSGetTokenAuth";

/** Returns the credentials of the role that a plugin makes tokens for, else those that are given. */
export async function assumeTokenRole(
  host: Needs<"net" | "clock">,
  { exec, access, isOwn }: RoleInput,
): Promise<TokenCredentials> {
  const role = exec === undefined ? undefined : readExecTarget(exec).role;
  if (role === undefined) return { verdict: undefined, credentials: access?.credentials, role };
  if (access === undefined) return { verdict: skipped("there are no credentials"), credentials: undefined, role };
  if (!isOwn) {
    const found = `${role} is not assumed because a kubeconfig in a working tree names it`;
    return { verdict: skipped(found), credentials: undefined, role };
  }
  if (!isRoleArn(role)) {
    const found = `the plugin's --role-arn ${role} is not the ARN of a role`;
    return { verdict: failure("kubeconfig-merge", found), credentials: undefined, role };
  }
  try {
    const externalId = findFlag(exec?.args ?? [], ["--external-id"]);
    const more = externalId === undefined ? {} : { externalId };
    const credentials = await assumeRole(host, { ...access, roleArn: role, sessionName: SESSION_NAME, ...more });
    return { verdict: ok(`tokens are for ${role}`), credentials, role };
  } catch (error) {
    return { verdict: failureFrom(error), credentials: undefined, role };
  }
}

interface TokenInput {
  readonly named: ClusterName | undefined;
  /** Of a local cluster on an Outpost. */
  readonly id: string | undefined;
  readonly exec: ExecBlock | undefined;
  readonly credentials: Credentials | undefined;
  /** A command that writes the entry again. */
  readonly update: CommandPart | undefined;
}

interface MadeToken {
  readonly verdict: Verdict;
  /** Never shown. */
  readonly token: string | undefined;
}

/** EKS accepts no longer ones. */
const MOST_CHARACTERS = 4096;

/** Returns the token that kubectl would send, and whether it is one for the cluster. */
export async function makeToken(host: Needs<"clock">, input: TokenInput): Promise<MadeToken> {
  const { named, id, exec, credentials, update } = input;
  if (named === undefined) {
    return { verdict: skipped("the entry does not say which EKS cluster it is for"), token: undefined };
  }
  if (credentials === undefined) return { verdict: skipped("there are no credentials"), token: undefined };
  const { cluster = id ?? named.name, region = named.region } = exec === undefined ? {} : readExecTarget(exec);
  const now = host.clock.now();
  const { token, expiration } = await eksToken({ cluster, region, credentials, now });
  if (cluster !== (id ?? named.name)) {
    const found = `the plugin makes tokens for cluster "${cluster}", and the entry is for "${named.name}"`;
    return { verdict: failure("kubeconfig-merge", found, { fix: update }), token };
  }
  if (token.length > MOST_CHARACTERS) {
    const found = `it has ${token.length} characters, and EKS accepts ${MOST_CHARACTERS}`;
    return { verdict: failure("login-denied", found, { hint: "Use fewer or shorter session tags" }), token };
  }
  const stsHost = `sts.${region}.${findPartition(region).dnsSuffix}`;
  const facts = `for cluster "${cluster}", signed by access key ${credentials.accessKeyId} for ${stsHost}`;
  if (region !== named.region) {
    return { verdict: warning(`${facts}, and the cluster is in ${named.region}`, { fix: update }), token };
  }
  return { verdict: ok(`${facts}, valid for ${timeLeft(expiration, now)}`), token };
}
