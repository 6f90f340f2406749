import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AWS_EKS_LIST_FLAGS = {
  "all-identities": { kind: "switch", summary: "Search the account of every identity" },
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile to use instead of an identity",
  },
  "region": {
    kind: "string",
    short: "r",
    placeholder: "region",
    complete: "region",
    repeat: true,
    summary: "AWS region to search (default: regions of the identity and its integrations, else AWS_REGION)",
  },
  "all-regions": { kind: "switch", summary: "Search every region that the account has enabled" },
  "kubeconfig": {
    kind: "string",
    placeholder: "path",
    complete: "file",
    summary: "Also look for contexts in this kubeconfig",
    env: ["ATMOS_KUBECONFIG"],
  },
  "parallel": {
    kind: "number",
    placeholder: "number",
    min: 1,
    max: 64,
    default: 64,
    summary: "Maximum concurrent requests",
  },
  "output": {
    kind: "choice",
    short: "o",
    choices: ["table", "wide", "json", "yaml"],
    default: "table",
    summary: "Output format",
  },
} as const satisfies Flags;

export const definition = command({
  name: "aws eks list",
  summary: "List EKS clusters and their kubeconfig contexts",
  flags: AWS_EKS_LIST_FLAGS,
  examples: [
    { says: "List the clusters that the default identity can see", line: "atmos aws eks list" },
    { says: "Search every account and region", line: "atmos aws eks list --all-identities --all-regions" },
    {
      says: "Search two regions as one identity, with JSON output",
      line: "atmos aws eks list -i prod-admin -r us-east-2,us-west-2 -o json",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAwsEksList } = await import("./run.ts");
    return await runAwsEksList(host, input);
  },
});
