import * as v from "valibot";
import { choice, noEffect } from "../../auth/kinds/fields.ts";
import { defineKind } from "../../config/schema/kind.ts";
import { ordinary } from "../../config/schema/trust_class.ts";
import { toVia, VIA } from "../../auth/kinds/via.ts";
import { SPEC_FIELDS } from "../contract/model.ts";
import type { AwsEcrPublic } from "./ecr_integration.ts";

const REGIONS = ["us-east-1", "us-west-2"] as const;

const schema = v.object({
  kind: ordinary(v.literal("aws/ecr-public")),
  via: VIA,
  spec: v.optional(v.object({
    ...SPEC_FIELDS,
    registry: v.optional(
      v.object({
        region: v.optional(noEffect(ordinary(choice(REGIONS, "region of ECR Public's own service")), {
          but: "us-east-1",
          why: "its passwords come from us-east-1",
        })),
      }),
    ),
  })),
});

export const kind = defineKind({
  name: "aws/ecr-public",
  summary: "The public registry public.ecr.aws: docker's login, for higher limits",
  example: `public:
  kind: aws/ecr-public
  via:
    identity: dev-admin
`,
  schema,
  model: (fields): AwsEcrPublic => ({
    kind: fields.kind,
    via: toVia(fields.via),
    autoProvision: fields.spec?.auto_provision ?? true,
  }),
});
