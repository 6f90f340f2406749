import type { EcrRegistry } from "../../aws/ecr/ecr_registry.ts";
import type { AwsEcr } from "./aws_ecr.ts";
import type { AwsEcrPublic } from "./aws_ecr_public.ts";

/** The registry that an integration is about. */
export function ecrRegistryOf(integration: AwsEcr | AwsEcrPublic): EcrRegistry {
  if (integration.kind === "aws/ecr-public") return { kind: "public", endpoint: "standard" };
  return { kind: "private", ...integration.registry };
}
