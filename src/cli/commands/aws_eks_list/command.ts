import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const AWS_EKS_LIST_FLAGS = {
  "all-identities": { kind: "switch", summary: "Every account that an identity of atmos.yaml is of" },
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, in place of any identity",
  },
  "region": {
    kind: "string",
    short: "r",
    placeholder: "region",
    complete: "region",
    repeat: true,
    summary: "AWS region to look in (default: the identity's, those of its integrations, AWS_REGION)",
  },
  "all-regions": { kind: "switch", summary: "Every region that the account has enabled" },
  "kubeconfig": {
    kind: "string",
    placeholder: "path",
    complete: "file",
    summary: "Kubeconfig to look for contexts in, besides those that kubectl reads",
    env: ["ATMOS_KUBECONFIG"],
  },
  "parallel": {
    kind: "number",
    placeholder: "number",
    min: 1,
    max: 64,
    default: 64,
    summary: "How many requests to have under way at most",
  },
  "output": {
    kind: "choice",
    short: "o",
    choices: ["table", "wide", "json", "yaml"],
    default: "table",
    summary: "Form of the list",
  },
} as const satisfies Flags;

export const definition = command({
  name: "aws eks list",
  summary: "List EKS clusters of accounts and regions, with the contexts that are for them",
  flags: AWS_EKS_LIST_FLAGS,
  examples: [
    { says: "Clusters that the default identity can see", line: "atmos aws eks list" },
    { says: "Everything there is", line: "atmos aws eks list --all-identities --all-regions" },
    {
      says: "Two regions of one identity, as data",
      line: "atmos aws eks list -i prod-admin -r us-east-2,us-west-2 -o json",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAwsEksList } = await import("./run.ts");
    return await runAwsEksList(host, input);
  },
});
