import { argumentWords, flagPairs, flagWords } from "../../../formats/text/command_words.ts";
import type { Needs } from "../../../host/host.ts";
import type { EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import { readExecTarget } from "../../../kube/exec/exec_target.ts";
import { kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import type { MergedContext } from "../../../kube/kubectl/merged_files.ts";
import { addWords, type CommandPart, nameCommand } from "../../../remedy.ts";
import type { ClusterName } from "../../doctor/cluster_steps.ts";
import type { Claim } from "../../login/credential_claims.ts";

interface UpdateInput {
  readonly named: ClusterName | undefined;
  readonly context: MergedContext | undefined;
  /** Whether kubectl uses it where nothing names a context. */
  readonly isCurrent: boolean;
  /** That the command line names. */
  readonly integration: EksIntegration | undefined;
  readonly claim: Claim | undefined;
}

const UPDATE = nameCommand("aws", "eks", "update-kubeconfig");

/** Returns the command that writes the entry of a cluster again, where kubectl reads it; undefined for an unknown cluster. */
export function updateCommand(host: Needs<"env" | "read" | "sys">, input: UpdateInput): CommandPart | undefined {
  const { named, context, isCurrent, integration, claim } = input;
  if (integration !== undefined) return addWords(UPDATE, ...argumentWords(integration.name));
  if (named === undefined) return undefined;
  const file = context?.path ?? kubectlFiles(host)[0];
  const alias = context === undefined || context.name === context.clusterName ? undefined : context.name;
  const role = context?.user?.exec === undefined ? undefined : readExecTarget(context.user.exec).role;
  const words = [
    ...flagPairs(["--name", named.name, "--region", named.region]),
    ...(alias === undefined ? [] : flagWords("--alias", alias)),
    ...(role === undefined ? [] : flagWords("--role-arn", role)),
    ...credentialWords(claim),
    ...(file === undefined ? [] : flagWords("--kubeconfig", file)),
    ...(context === undefined || isCurrent ? [] : ["--no-switch-context"]),
  ];
  return addWords(UPDATE, ...words);
}

/** What says whose credentials are meant, but for what the environment says to every command. */
function credentialWords(claim: Claim | undefined): readonly string[] {
  if (claim?.name === undefined) return claim?.by === "no identity" ? ["--identity=false"] : [];
  if (claim.kind === "identity") return flagWords("--identity", claim.name);
  if (claim.by === "--profile") return flagWords("--profile", claim.name);
  return claim.by === "no identity" ? ["--identity=false"] : [];
}
