import { CLUSTER_REGION_FLAG } from "../../args/shared_flags.ts";
import type { Flags } from "../../args/flag.ts";
import { command } from "../../args/command.ts";

export const EKS_TOKEN_FLAGS = {
  "cluster-name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name" },
  "cluster-id": { kind: "string", placeholder: "id", summary: "ID of a local cluster on an Outpost" },
  "region": CLUSTER_REGION_FLAG,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile to use instead of an identity",
  },
  "no-identity": { kind: "switch", summary: "Use the credentials that the AWS CLI would find, not an identity" },
  "role-arn": { kind: "string", placeholder: "arn", summary: "IAM role to assume for the token" },
  "external-id": { kind: "string", placeholder: "id", summary: "External ID for assuming the role" },
  "role-session-name": {
    kind: "string",
    placeholder: "name",
    summary: "Session name of the role, as CloudTrail shows it (default: EKSGetTokenAuth)",
  },
  "account": {
    kind: "string",
    placeholder: "id",
    summary: "Refuse credentials of any other AWS account",
  },
  "no-cache": { kind: "switch", summary: "Do not read or write the credential cache" },
  "endpoint": {
    kind: "string",
    placeholder: "url",
    summary: "Refuse to print a token if kubectl calls another API server",
  },
  "endpoint-ca": {
    kind: "string",
    placeholder: "sha256",
    summary: "SHA-256 of the API server's certificate authority",
  },
  "no-endpoint-check": {
    kind: "switch",
    summary: "Print a token whichever API server kubectl calls",
    env: ["ATMOS_NO_ENDPOINT_CHECK"],
  },
} as const satisfies Flags;

export const definition = command({
  name: "aws eks token",
  summary: "Print an ExecCredential token for an EKS cluster",
  isPlugin: true,
  flags: EKS_TOKEN_FLAGS,
  excludes: [["cluster-name", "cluster-id"]],
  examples: [
    { says: "What kubectl runs", line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2" },
    {
      says: "Use an identity of atmos.yaml",
      line: "atmos aws eks token --cluster-name dev-cluster --region us-east-2 --identity dev-admin",
    },
  ],
  needs: ["net", "loopback", "read", "write", "env", "run", "sys", "clock", "random", "runtime", "terminal"],
  async run(host, input) {
    const { runAwsEksToken } = await import("./run.ts");
    return await runAwsEksToken(host, input);
  },
});
