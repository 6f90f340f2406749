import { CLUSTER_REGION_FLAG } from "../../args/shared_flags.ts";
import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const EKS_TOKEN_FLAGS = {
  "cluster-name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name" },
  "cluster-id": { kind: "string", placeholder: "id", summary: "Id of a local cluster on an Outpost" },
  "region": CLUSTER_REGION_FLAG,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, in place of any identity",
  },
  "no-identity": { kind: "switch", summary: "Use the AWS credentials that the AWS CLI finds, and no identity" },
  "role-arn": { kind: "string", placeholder: "arn", summary: "IAM role that the token is for" },
  "external-id": { kind: "string", placeholder: "id", summary: "External id that the role asks for" },
  "role-session-name": {
    kind: "string",
    placeholder: "name",
    summary: "What the role's session is called in CloudTrail (default: EKSGetTokenAuth)",
  },
  "account": {
    kind: "string",
    placeholder: "id",
    summary: "Refuse credentials of another AWS account than this one",
  },
  "no-cache": { kind: "switch", summary: "Neither use nor keep what earlier runs found out, or credentials of a role" },
  "endpoint": {
    kind: "string",
    placeholder: "url",
    summary: "The only server that the token is for, where kubectl tells which one it calls",
  },
  "endpoint-ca": { kind: "string", placeholder: "sha256", summary: "SHA-256 of that server's certificate authority" },
  "no-endpoint-check": {
    kind: "switch",
    summary: "Make a token for whatever server kubectl calls",
    env: ["ATMOS_NO_ENDPOINT_CHECK"],
  },
} as const satisfies Flags;

export const definition = command({
  name: "aws eks token",
  summary: "Make a token for an EKS cluster, as kubectl's credential plugin",
  flags: EKS_TOKEN_FLAGS,
  excludes: [["cluster-name", "cluster-id"]],
  examples: [
    { says: "What kubectl runs", line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2" },
    {
      says: "As an identity of atmos.yaml",
      line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2 --identity dev-admin",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAwsEksToken } = await import("./run.ts");
    return await runAwsEksToken(host, input);
  },
});
