import type { EcrEndpoint, EcrRegistry } from "../../aws/ecr/ecr_registry.ts";
import type { Named } from "../../config/schema/entry.ts";
import type { Integration, IntegrationBase } from "../contract/model.ts";

export interface AwsEcr extends IntegrationBase {
  readonly kind: "aws/ecr";
  readonly registry: { readonly accountId: string; readonly region: string; readonly endpoint: EcrEndpoint };
}

export interface AwsEcrPublic extends IntegrationBase {
  readonly kind: "aws/ecr-public";
}

export type EcrSpec = AwsEcr | AwsEcrPublic;
export type EcrIntegration = EcrSpec & Named;

export const ECR_KINDS: readonly string[] = ["aws/ecr", "aws/ecr-public"] satisfies readonly EcrSpec["kind"][];

/** Whether it is a registry, private or public. */
export function isEcr(integration: Integration): integration is EcrIntegration {
  return ECR_KINDS.includes(integration.kind);
}

/** The registry that an integration is about. */
export function toEcrRegistry(integration: EcrSpec): EcrRegistry {
  if (integration.kind === "aws/ecr-public") return { kind: "public", endpoint: "standard" };
  return { kind: "private", ...integration.registry };
}
