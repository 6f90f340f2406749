import { command, type Input } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";
import { readSharedFiles } from "../../../aws/shared_config/shared_files.ts";
import type { Needs } from "../../../host/host.ts";

const FLAGS = {
  "name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name" },
  // Its variables say what is usual, atmos.yaml and stacks what is meant, and the flag wins over these.
  "region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    summary:
      "AWS region of the cluster (default: from atmos.yaml, else ATMOS_AWS_REGION, AWS_REGION or AWS_DEFAULT_REGION)",
  },
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile to use instead of an identity, also for kubectl",
  },
  "integration": {
    kind: "string",
    placeholder: "name",
    repeat: true,
    complete: "eks-integration",
    summary: "Integration of atmos.yaml",
  },
  "all": { kind: "switch", summary: "Add every EKS integration of atmos.yaml" },
  "discover": { kind: "switch", summary: "Add every cluster that the identity can see" },
  "all-identities": { kind: "switch", summary: "With --discover: search as every identity of atmos.yaml" },
  "all-regions": { kind: "switch", summary: "With --discover: search every region that the account has enabled" },
  "match": {
    kind: "string",
    placeholder: "pattern",
    summary: "With --discover: only clusters with matching names, such as prod-*",
  },
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component (default: ATMOS_STACK, else the only stack that has it)",
  },
  "role-arn": { kind: "string", placeholder: "arn", summary: "IAM role for kubectl's tokens" },
  "assume-role-arn": { kind: "string", placeholder: "arn", summary: "IAM role for calling DescribeCluster" },
  "alias": {
    kind: "string",
    placeholder: "name",
    summary: "Context name, or a template such as {env}-{cluster} (default: the cluster ARN)",
  },
  "user-alias": {
    kind: "string",
    placeholder: "name",
    summary: "User name in the kubeconfig (default: user-<cluster>)",
  },
  "namespace": { kind: "string", short: "n", placeholder: "namespace", summary: "Namespace of the context" },
  "kubeconfig": {
    kind: "string",
    placeholder: "path",
    complete: "file",
    summary: "Kubeconfig to write (default: ~/.config/atmos/kube/config)",
    env: ["ATMOS_KUBECONFIG"],
  },
  "update": {
    kind: "choice",
    choices: ["merge", "replace", "error"],
    summary: "If the file exists: merge into it (default), replace it (keeps FILE.bak), or fail if the entry exists",
  },
  "exec-command": {
    kind: "choice",
    choices: ["aws", "atmos"],
    summary: "Program that kubectl runs for a token (default: that of the existing entry, else aws)",
  },
  "no-switch-context": { kind: "switch", summary: "Do not change current-context" },
  "dry-run": { kind: "switch", summary: "Print the entry as a kubeconfig without writing it" },
  "diff": { kind: "switch", summary: "Print the changes as a unified diff without writing them" },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export type UpdateKubeconfigInput = Input<typeof FLAGS>;

/**
 * What a preview does without: writing, and running programs, unless the AWS settings name a credential_process, without
 * which the user could not see the cluster at all.
 */
function findUnneeded(host: Needs<"read" | "env">, { flags }: UpdateKubeconfigInput) {
  if (!flags["dry-run"] && !flags.diff) return [];
  const profiles = [...readSharedFiles(host).profiles.values()];
  const asksProgram = profiles.some((profile) => profile.has("credential_process"));
  return ["write", asksProgram ? "skippable-run" : "run"] as const;
}

export const definition = command({
  name: "aws eks update-kubeconfig",
  summary: "Add or update an EKS cluster in a kubeconfig",
  flags: FLAGS,
  args: {
    placeholder: "component",
    summary: "Integrations of atmos.yaml such as dev/eks, or a component (see --stack)",
    max: 1000,
    complete: ["eks-integration", "component"],
  },
  excludes: [
    ...(["name", "integration", "all", "stack", "profile", "assume-role-arn", "user-alias"] as const).map((other) =>
      ["discover", other] as const
    ),
    ["all-regions", "region"],
    ["name", "integration"],
    ["name", "all"],
    ["integration", "all"],
    ["integration", "profile"],
    ["integration", "assume-role-arn"],
    ["all", "profile"],
    ["all", "assume-role-arn"],
    ["all", "stack"],
    ["all", "alias"],
    ["all", "user-alias"],
    ["integration", "stack"],
    ["dry-run", "diff"],
  ],
  examples: [
    {
      says: "Preview the entry",
      line: "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --dry-run",
    },
    {
      says: "Add a cluster to your own kubeconfig, with a short context name",
      line:
        "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --alias dev --kubeconfig ~/.kube/config",
    },
    {
      says: "Use an identity of atmos.yaml (default: the default or only one)",
      line: "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --identity dev-admin",
    },
    {
      says: "Add the cluster of an integration",
      line: "atmos aws eks update-kubeconfig dev/eks",
    },
    {
      says: "Add every cluster of every account",
      line: 'atmos aws eks update-kubeconfig --discover --all-identities --all-regions --alias "{account}-{cluster}"',
    },
    {
      says: "Add the cluster of a component, and show where its settings come from",
      line: "atmos aws eks update-kubeconfig eks -s plat-ue2-dev --dry-run --verbose",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  unneeded: findUnneeded,
  async run(host, input) {
    const { runAwsEksUpdateKubeconfig } = await import("./run.ts");
    return await runAwsEksUpdateKubeconfig(host, input);
  },
});
