import * as v from "valibot";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { region } from "../../fields.ts";
import { noVia } from "../../via.ts";
import { IDENTITY_FIELDS, type IdentityBase, identityBase } from "../fields.ts";

export interface AwsAmbient extends IdentityBase {
  readonly kind: "aws/ambient";
  readonly via: undefined;
  readonly region: string | undefined;
  /** Of kind ambient: the environment may be another cloud's, without anything of AWS. */
  readonly isAnyCloud?: true;
}

const schema = v.object({
  kind: ordinary(v.picklist(["aws/ambient", "ambient"])),
  via: noVia("aws/ambient"),
  principal: v.optional(v.object({ region: v.optional(ordinary(region("AWS region for this identity"))) })),
  ...IDENTITY_FIELDS,
});

export const kind = defineKind({
  name: "aws/ambient",
  summary: "The AWS credentials that the environment already has: variables, instance role, pod identity",
  example: `runner:
  kind: aws/ambient
`,
  schema,
  incidental: ["isAnyCloud"],
  model: (fields): AwsAmbient => ({
    ...identityBase(fields),
    isAmbient: true,
    kind: "aws/ambient",
    via: undefined,
    ...(fields.kind === "ambient" ? { isAnyCloud: true as const } : {}),
    region: fields.region ?? fields.principal?.region,
  }),
});
