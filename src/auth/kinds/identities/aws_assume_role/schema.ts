import * as v from "valibot";
import { parseArn } from "../../../../aws/names/arn.ts";
import { duration, form, region, roleArn } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { toVia, VIA, type Via } from "../../via.ts";
import { IDENTITY_FIELDS, type IdentityBase, identityBase } from "../fields.ts";
import { areTagged, ROLE_SESSION_FIELDS, type RoleSession, roleSession, SIGNED_ONLY } from "./role_session.ts";

export interface AwsAssumeRole extends IdentityBase, RoleSession {
  readonly kind: "aws/assume-role";
  readonly via: Via;
  /** Only behind a SAML login may it be left open. */
  readonly roleArn: string | undefined;
  readonly sessionName: string | undefined;
  readonly externalId: string | undefined;
  readonly durationMs: number | undefined;
  readonly region: string | undefined;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const sessionName = form(/^[\w+=,.@-]{2,64}$/, {
  about: "name of the session in AWS's logs",
  allowed: "2 to 64 letters, digits and +=,.@-_",
});
const externalId = form(/^[\w+=,.@:/-]{2,1224}$/, {
  about: "external id that the role's owner asks for",
  allowed: "2 to 1224 letters, digits and +=,.@:/-_",
});

const fields = v.object({
  kind: ordinary(v.literal("aws/assume-role")),
  via: VIA,
  principal: v.pipe(
    v.object({
      assume_role: v.optional(
        ordinary(roleArn("ARN of the role; behind aws/saml it may be left out and chosen at each login")),
      ),
      session_name: v.optional(ordinary(sessionName)),
      external_id: v.optional(ordinary(externalId)),
      duration: v.optional(ordinary(duration({ about: "length of the role's session", min: "15m", max: "12h" }))),
      region: v.optional(ordinary(region("AWS region for this identity"))),
      ...ROLE_SESSION_FIELDS,
    }),
    v.forward(v.check((principal) => areTagged(principal), "must have only keys of tags"), ["transitive_tag_keys"]),
    v.description("the role: {assume_role: ARN}"),
  ),
  session: v.optional(v.object({
    duration: v.optional(ordinary(duration({ about: "length of the role's session", min: "15m", max: "12h" }))),
  })),
  ...IDENTITY_FIELDS,
});

function needsCredentials(field: typeof SIGNED_ONLY[number]) {
  const isFit = ({ via, principal }: v.InferOutput<typeof fields>) =>
    via.provider === undefined || principal[field] === undefined;
  const isText = field === "source_identity" || field === "mfa_arn";
  const message = `left out: only a role that another identity assumes can have ${field}`;
  return v.forward(v.check(isFit, isText ? message : `must be ${message}`), ["principal", field]);
}

const [sourceIdentity, tags, transitiveTagKeys, mfaArn] = SIGNED_ONLY;
const schema = v.pipe(
  fields,
  needsCredentials(sourceIdentity),
  needsCredentials(tags),
  needsCredentials(transitiveTagKeys),
  needsCredentials(mfaArn),
);

export const kind = defineKind({
  name: "aws/assume-role",
  summary: "An IAM role, assumed from another identity or with a provider's token",
  example: `deployer:
  kind: aws/assume-role
  via:
    identity: dev-admin
  principal:
    assume_role: arn:aws:iam::123456789012:role/deployer
    duration: 1h
    external_id: shop-deploy
    source_identity: dev-admin
    tags:
      team: shop
    transitive_tag_keys: [team]
    policy_arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
`,
  schema,
  model: (fields): AwsAssumeRole => ({
    ...identityBase(fields),
    isRoleSession: true,
    accountId: parseArn(fields.principal.assume_role ?? "")?.account,
    ...roleSession(fields.principal),
    kind: fields.kind,
    via: toVia(fields.via),
    roleArn: fields.principal.assume_role,
    sessionName: fields.principal.session_name,
    externalId: fields.principal.external_id,
    durationMs: fields.principal.duration ?? fields.session?.duration,
    region: fields.region ?? fields.principal.region,
  }),
});
