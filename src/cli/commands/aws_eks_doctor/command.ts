import { CLUSTER_REGION_FLAG } from "../../args/shared_flags.ts";
import { command, type Input } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";

const FLAGS = {
  "name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name, in place of a context" },
  "region": CLUSTER_REGION_FLAG,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, in place of what the context's plugin uses",
  },
  "output": { kind: "choice", short: "o", choices: ["text", "json"], default: "text", summary: "Output format" },
} as const satisfies Flags;

export type DoctorInput = Input<typeof FLAGS>;

export const definition = command({
  name: "aws eks doctor",
  summary: "Find out why kubectl cannot reach an EKS cluster, and what fixes it",
  flags: FLAGS,
  args: {
    placeholder: "context",
    summary: "Context of a kubeconfig, or EKS integration (default: the current context)",
    max: 1,
    complete: ["context", "eks-integration"],
  },
  examples: [
    { says: "Why is it Unauthorized, or Forbidden", line: "atmos aws eks doctor" },
    { says: "Another context, as data", line: "atmos aws eks doctor prod --output json" },
    {
      says: "A cluster that no kubeconfig has yet",
      line: "atmos aws eks doctor --name dev-cluster --region us-east-2 --identity dev-admin",
    },
  ],
  needs: ["net", "read", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAwsEksDoctor } = await import("./run.ts");
    return await runAwsEksDoctor(host, input);
  },
});
