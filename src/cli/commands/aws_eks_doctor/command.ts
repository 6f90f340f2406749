import { CLUSTER_REGION_FLAG } from "../../args/shared_flags.ts";
import { command, type Input } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";

const FLAGS = {
  "name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name, instead of a context" },
  "region": CLUSTER_REGION_FLAG,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile to use instead of the context's credentials",
  },
  "output": { kind: "choice", short: "o", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export type DoctorInput = Input<typeof FLAGS>;

export const definition = command({
  name: "aws eks doctor",
  summary: "Diagnose why kubectl cannot use an EKS cluster",
  flags: FLAGS,
  args: {
    placeholder: "context",
    summary: "Kubeconfig context or EKS integration (default: the current context)",
    max: 1,
    complete: ["context", "eks-integration"],
  },
  examples: [
    { says: "Find out why kubectl says Unauthorized or Forbidden", line: "atmos aws eks doctor" },
    { says: "Check another context, with JSON output", line: "atmos aws eks doctor prod --output json" },
    {
      says: "Check a cluster that is in no kubeconfig yet",
      line: "atmos aws eks doctor --name dev-cluster --region us-east-2 --identity dev-admin",
    },
  ],
  needs: ["net", "read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  showsUntrusted: true,
  async run(host, input) {
    const { runAwsEksDoctor } = await import("./run.ts");
    return await runAwsEksDoctor(host, input);
  },
});
