import type { Args } from "../../args/command.ts";

/** The argument of the commands that are about registries of ECR. */
export const ECR_INTEGRATIONS_ARGUMENT = {
  placeholder: "integration",
  summary: "Integrations of atmos.yaml; all that are linked to the identity when nothing is named",
  max: 100,
  complete: ["ecr-integration"],
} as const satisfies Args;
