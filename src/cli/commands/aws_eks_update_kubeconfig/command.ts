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
    summary: "AWS region of the cluster; where nothing says it, ATMOS_AWS_REGION, AWS_REGION or AWS_DEFAULT_REGION",
  },
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, in place of any identity; kubectl will use it too",
  },
  "integration": {
    kind: "string",
    placeholder: "name",
    repeat: true,
    complete: "eks-integration",
    summary: "Integration of atmos.yaml",
  },
  "all": { kind: "switch", summary: "All EKS integrations of atmos.yaml" },
  "discover": { kind: "switch", summary: "All clusters that the identity can see" },
  "all-identities": { kind: "switch", summary: "With --discover: as every identity of atmos.yaml" },
  "all-regions": { kind: "switch", summary: "With --discover: in every region that the account has enabled" },
  "match": {
    kind: "string",
    placeholder: "pattern",
    summary: "With --discover: only clusters whose names fit, such as prod-*",
  },
  "stack": {
    kind: "string",
    short: "s",
    placeholder: "stack",
    complete: "stack",
    summary: "Stack of the component; where nothing says it, ATMOS_STACK or the only one that has it",
  },
  "role-arn": { kind: "string", placeholder: "arn", summary: "IAM role that kubectl's tokens are for" },
  "assume-role-arn": { kind: "string", placeholder: "arn", summary: "IAM role to look the cluster up with" },
  "alias": {
    kind: "string",
    placeholder: "name",
    summary: "Name of the context, or a template such as {env}-{cluster} (default: the cluster's ARN)",
  },
  "user-alias": { kind: "string", placeholder: "name", summary: "Name of the user (default: user-<cluster>)" },
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
    summary:
      "With an existing file: merge into it (default), replace it (kept as .bak, .bak.2 …) or refuse what is there",
  },
  "exec-command": {
    kind: "choice",
    choices: ["aws", "atmos"],
    summary: "What kubectl runs for a token (default: as the entry has it, else aws)",
  },
  "no-switch-context": { kind: "switch", summary: "Leave current-context as it is" },
  "dry-run": { kind: "switch", summary: "Print the entry as a kubeconfig and write nothing" },
  "diff": { kind: "switch", summary: "Print what would change in the file as a unified diff and write nothing" },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
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
  summary: "Make an EKS cluster known to kubectl",
  flags: FLAGS,
  args: {
    placeholder: "component",
    summary: "Atmos component (with --stack), or integrations of atmos.yaml such as dev/eks",
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
      says: "See the entry first, then write it",
      line: "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --dry-run",
    },
    {
      says: "Into your own kubeconfig, under a short name",
      line:
        "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --alias dev --kubeconfig ~/.kube/config",
    },
    {
      says: "As an identity of atmos.yaml; after a login the default or only one needs no flag",
      line: "atmos aws eks update-kubeconfig --name dev-cluster --region us-east-2 --identity dev-admin",
    },
    {
      says: "A cluster that atmos.yaml links to an identity",
      line: "atmos aws eks update-kubeconfig dev/eks",
    },
    {
      says: "Whatever clusters there are, under names that say where",
      line: 'atmos aws eks update-kubeconfig --discover --all-identities --all-regions --alias "{account}-{cluster}"',
    },
    {
      says: "The cluster of a component in a stack, and how its name was found",
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
