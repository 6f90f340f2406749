import * as v from "valibot";
import { canonicalStartUrl } from "../../../files/sso_session_place.ts";
import { duration, flag, noEffect, serviceUrl } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { PROVIDER_FIELDS, PROVIDER_SPEC, type ProviderBase, providerBase } from "../fields.ts";

export interface AwsIamIdentityCenter extends ProviderBase {
  readonly kind: "aws/iam-identity-center";
  readonly region: string;
  readonly startUrl: string;
  /** Whether a login finds every account and permission set, each an identity `account/role`. */
  readonly findsIdentities: boolean;
}

const schema = v.object({
  kind: ordinary(v.literal("aws/iam-identity-center")),
  start_url: ordinary(serviceUrl("address of the AWS access portal, such as https://company.awsapps.com/start")),
  ...PROVIDER_FIELDS,
  auto_provision_identities: v.optional(
    ordinary(flag("at login, find every account and permission set, and offer each as an identity account/role")),
  ),
  session: v.optional(v.object({
    duration: v.optional(noEffect(ordinary(duration({ about: "length of a session", min: "1s" })), {
      why: "IAM Identity Center says how long its sessions last",
    })),
  })),
  spec: PROVIDER_SPEC,
});

export const kind = defineKind({
  name: "aws/iam-identity-center",
  summary: "AWS IAM Identity Center (SSO): login with a browser",
  example: `company-sso:
  kind: aws/iam-identity-center
  start_url: https://company.awsapps.com/start
  region: us-east-1
`,
  schema,
  incidental: ["findsIdentities"],
  model: (fields): AwsIamIdentityCenter => ({
    ...providerBase(fields),
    region: fields.region,
    kind: fields.kind,
    startUrl: canonicalStartUrl(fields.start_url),
    findsIdentities: fields.auto_provision_identities ?? false,
  }),
});
