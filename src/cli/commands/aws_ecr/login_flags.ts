import type { Flags } from "../../args/flag.ts";

/** Which registries a command is about. */
export const ECR_TARGET_FLAGS = {
  "registry": {
    kind: "string",
    short: "r",
    placeholder: "host",
    repeat: true,
    summary: "Registry, such as 123456789012.dkr.ecr.us-east-2.amazonaws.com",
  },
  "public": { kind: "switch", summary: "The public registry, public.ecr.aws" },
  "all": { kind: "switch", summary: "Every registry that atmos.yaml has as an integration" },
} as const satisfies Flags;

export const ECR_LOGIN_FLAGS = {
  ...ECR_TARGET_FLAGS,
  "profile": {
    kind: "string",
    placeholder: "profile",
    complete: "aws-profile",
    summary: "AWS profile, for --registry and --public without an identity",
  },
  "dry-run": { kind: "switch", summary: "Say what would be done; ask AWS nothing and write nothing" },
  "output": { kind: "choice", choices: ["text", "json"], default: "text", summary: "Form of the result on stdout" },
} as const satisfies Flags;
