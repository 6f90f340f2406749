import * as v from "valibot";
import { MFA_ARN } from "../../../../aws/names/names.ts";
import { parseDuration } from "../../../../formats/text/duration.ts";
import type { Secret } from "../../../../secret.ts";
import { duration, flag, form, region, remarks, secret } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { noVia } from "../../via.ts";
import { IDENTITY_FIELDS, type IdentityBase, identityBase } from "../fields.ts";

export interface AwsUser extends IdentityBase {
  readonly kind: "aws/user";
  readonly via: undefined;
  /** undefined: they are in the keyring, or come from a login with the browser. */
  readonly keys: { readonly accessKeyId: Secret; readonly secretAccessKey: Secret } | undefined;
  readonly mfaArn: string | undefined;
  readonly webflow: boolean | undefined;
  readonly sessionMs: number | undefined;
  readonly region: string | undefined;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
const LONGEST = "36h";
export const LONGEST_WITHOUT_MFA = "12h";

const credentials = v.pipe(
  v.object({
    access_key_id: v.optional(ordinary(secret("id of the user's access key"))),
    secret_access_key: v.optional(
      // It signs requests and is not sent: a variable may have it, where the id of the key is not from beyond the tree, too.
      ordinary(v.pipe(
        secret("the secret of the access key; better in the keyring"),
        remarks({ closed: ({ fetched }) => fetched?.call.startsWith("!env ") === true }),
      )),
    ),
    mfa_arn: v.optional(ordinary(form(MFA_ARN, {
      about: "ARN of the user's MFA device",
      allowed: "the ARN of an MFA device, such as arn:aws:iam::123456789012:mfa/NAME",
    }))),
    region: v.optional(ordinary(region("AWS region for this identity"))),
    webflow_enabled: v.optional(ordinary(flag("sign in with the browser where there are no keys (default: true)"))),
  }),
  v.check(
    (keys) => (keys.access_key_id === undefined) === (keys.secret_access_key === undefined),
    "must have both access_key_id and secret_access_key, or neither",
  ),
  v.description("the user's access key, unless it is in the keyring"),
  remarks({
    jsonSchema: { dependencies: { access_key_id: ["secret_access_key"], secret_access_key: ["access_key_id"] } },
  }),
);

const schema = v.pipe(
  v.object({
    kind: ordinary(v.literal("aws/user")),
    via: noVia("aws/user"),
    credentials: v.optional(credentials),
    session: v.optional(v.object({
      duration: v.optional(ordinary(duration({ about: "length of the session", min: "15m", max: LONGEST }))),
    })),
    ...IDENTITY_FIELDS,
  }),
  v.forward(
    v.check(
      ({ session, credentials }) =>
        (session?.duration ?? 0) <= parseDuration(LONGEST_WITHOUT_MFA) || credentials?.mfa_arn !== undefined ||
        // With the keys, the keyring may have the device.
        credentials?.access_key_id === undefined,
      `at most ${LONGEST_WITHOUT_MFA}, or ${LONGEST} with credentials.mfa_arn`,
    ),
    ["session", "duration"],
  ),
);

export const kind = defineKind({
  name: "aws/user",
  summary: "An IAM user with an access key, with or without MFA, or signed in with the browser",
  example: `break-glass:
  kind: aws/user
  credentials:
    mfa_arn: arn:aws:iam::123456789012:mfa/break-glass
    region: us-east-1
  session:
    duration: 12h
`,
  schema,
  incidental: ["webflow"],
  model: (fields): AwsUser => ({
    ...identityBase(fields),
    kind: fields.kind,
    via: undefined,
    keys: toKeys(fields.credentials),
    mfaArn: fields.credentials?.mfa_arn,
    webflow: fields.credentials?.webflow_enabled,
    sessionMs: fields.session?.duration,
    region: fields.region ?? fields.credentials?.region,
  }),
});

function toKeys(given: v.InferOutput<typeof credentials> | undefined): AwsUser["keys"] {
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey } = given ?? {};
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
}
