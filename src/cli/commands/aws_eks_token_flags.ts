import type { Flags } from "../flag.ts";

export const EKS_TOKEN_FLAGS = {
  "cluster-name": { kind: "string", placeholder: "cluster", summary: "EKS cluster name" },
  "cluster-id": { kind: "string", placeholder: "id", summary: "Id of a local cluster on an Outpost" },
  "region": {
    kind: "string",
    placeholder: "region",
    complete: "region",
    summary: "AWS region of the cluster",
    env: ["AWS_REGION", "AWS_DEFAULT_REGION"],
  },
  "profile": { kind: "string", placeholder: "profile", complete: "aws-profile", summary: "AWS profile" },
  "role-arn": { kind: "string", placeholder: "arn", summary: "IAM role that the token is for" },
} as const satisfies Flags;
