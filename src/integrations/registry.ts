import type { KindRegistry } from "../config/schema/kind.ts";
import type { AwsEcr } from "./ecr/aws_ecr.ts";
import type { AwsEcrPublic } from "./ecr/aws_ecr_public.ts";
import type { AwsEks } from "./eks/aws_eks.ts";

export type IntegrationSpec = AwsEks | AwsEcr | AwsEcrPublic;

export const INTEGRATIONS: KindRegistry<IntegrationSpec> = {
  "aws/eks": { schema: () => import("./eks/aws_eks.ts") },
  "aws/ecr": { schema: () => import("./ecr/aws_ecr.ts") },
  "aws/ecr-public": { schema: () => import("./ecr/aws_ecr_public.ts") },
};
