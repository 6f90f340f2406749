import type { Flag } from "./flag.ts";
import type { Args } from "./command.ts";

/** The argument of every command that is about one identity. */
export const IDENTITY_ARGUMENT = {
  placeholder: "identity",
  summary: "Identity (default: the default or only one of atmos.yaml)",
  max: 1,
  complete: ["identity"],
} as const satisfies Args;

/** The flag of commands that look up a cluster. */
export const CLUSTER_REGION_FLAG = {
  kind: "string",
  placeholder: "region",
  complete: "region",
  summary: "AWS region of the cluster",
  env: ["AWS_REGION", "AWS_DEFAULT_REGION"],
} as const satisfies Flag;
