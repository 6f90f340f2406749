import type { Args } from "../args/command.ts";
import type { Flags } from "../args/flag.ts";

/** The argument of the commands for ECR registries. */
export const ECR_INTEGRATIONS_ARGUMENT = {
  placeholder: "integration",
  summary: "Integrations of atmos.yaml (default: every one linked to the identity)",
  max: 100,
  complete: ["ecr-integration"],
} as const satisfies Args;

/** The flags that select registries. */
export const ECR_TARGET_FLAGS = {
  "registry": {
    kind: "string",
    short: "r",
    placeholder: "host",
    repeat: true,
    summary: "Hostname of an ECR registry",
  },
  "public": { kind: "switch", summary: "The public registry, public.ecr.aws" },
  "all": { kind: "switch", summary: "Every ECR integration of atmos.yaml" },
} as const satisfies Flags;
