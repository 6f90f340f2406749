import * as v from "valibot";
import { accountId, choice, region } from "../../auth/kinds/fields.ts";
import { defineKind } from "../../config/schema/kind.ts";
import { ordinary } from "../../config/schema/trust_class.ts";
import { toVia, VIA } from "../../auth/kinds/via.ts";
import { SPEC_FIELDS } from "../contract/model.ts";
import type { AwsEcr } from "./ecr_integration.ts";

const ENDPOINTS = ["standard", "fips", "dual-stack", "dual-stack-fips"] as const;

const registry = v.pipe(
  v.object({
    account_id: ordinary(accountId("the 12 digits of the registry's account")),
    region: ordinary(region("AWS region of the registry, such as us-east-2")),
    endpoint: v.optional(ordinary(choice(ENDPOINTS, "which of its host names docker uses (default: standard)"))),
  }),
  v.description("the registry: {account_id: ..., region: ...}"),
);

const schema = v.object({
  kind: ordinary(v.literal("aws/ecr")),
  via: VIA,
  spec: v.pipe(v.object({ ...SPEC_FIELDS, registry }), v.description("the registry")),
});

export const kind = defineKind({
  name: "aws/ecr",
  summary: "A private registry of ECR: docker's login",
  example: `dev/ecr:
  kind: aws/ecr
  via:
    identity: dev-admin
  spec:
    registry:
      account_id: "123456789012"
      region: us-east-2
`,
  schema,
  model: (fields): AwsEcr => ({
    kind: fields.kind,
    via: toVia(fields.via),
    autoProvision: fields.spec.auto_provision ?? true,
    registry: {
      accountId: fields.spec.registry.account_id,
      region: fields.spec.registry.region,
      endpoint: fields.spec.registry.endpoint ?? "standard",
    },
  }),
});
