import * as v from "valibot";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { form, looseText } from "../../fields.ts";
import { SESSION_POLICY } from "./session_policy.ts";

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/;
const MOST_POLICIES = 10;
const MOST_TAGS = 50;
/** Letters, digits and spaces of all languages. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const TAG_KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const TAG_KEY_IS = "1 to 128 letters, digits, spaces and _.:/=+-@, not starting with aws:";

const tags = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(TAG_KEY, `a tag whose key has ${TAG_KEY_IS}`)),
    v.pipe(
      looseText("value of the tag"),
      v.regex(TAG_TEXT, "letters, digits, spaces and _.:/=+-@"),
      v.maxLength(256, "at most 256 characters"),
    ),
  ),
  v.check((all) => Object.keys(all).length <= MOST_TAGS, `must be at most ${MOST_TAGS} tags (AWS's limit)`),
  v.check((all) => !hasTwins(Object.keys(all)), "must have keys that differ in more than upper and lower case"),
  v.description("session tags: {KEY: VALUE}"),
);

const policyArns = v.pipe(
  v.array(form(POLICY_ARN, {
    about: "ARN of a managed policy",
    allowed: "the ARN of a managed policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess",
  })),
  v.check((all) => all.length <= MOST_POLICIES, `must be at most ${MOST_POLICIES} policies (AWS's limit)`),
  v.check((all) => new Set(all).size === all.length, "must name every policy once"),
  v.description("managed policies that the session is narrowed to"),
);

/** What a session of a role is narrowed to and marked with, besides its name, length and external id. */
export const ROLE_SESSION_FIELDS = {
  source_identity: v.optional(ordinary(form(/^[\w+=,.@-]{2,64}$/, {
    about: "who is behind the session, through every further role",
    allowed: "2 to 64 letters, digits and +=,.@-_",
  }))),
  policy: v.optional(ordinary(SESSION_POLICY)),
  policy_arns: v.optional(ordinary(policyArns)),
  tags: v.optional(ordinary(tags)),
  transitive_tag_keys: v.optional(ordinary(v.pipe(
    v.array(form(TAG_KEY, { about: "key of a session tag", allowed: TAG_KEY_IS })),
    v.description("keys of tags that the sessions of further roles get too"),
  ))),
  mfa_arn: v.optional(ordinary(form(/^(?:arn:aws[a-z-]*:iam::\d{12}:(?:mfa|u2f)\/[\w+=,.@/-]+|[\w+=/:,.@-]{9,256})$/, {
    about: "MFA device of the user who assumes the role: its ARN, or the serial number of hardware",
    allowed: "the ARN of an MFA device, such as arn:aws:iam::123456789012:mfa/NAME, or a serial number",
  }))),
};

const FIELDS = v.object(ROLE_SESSION_FIELDS);
type Fields = v.InferOutput<typeof FIELDS>;

export interface RoleSession {
  readonly sourceIdentity: string | undefined;
  /** JSON text. */
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
  readonly sessionTags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly mfaArn: string | undefined;
}

/** What only a call that is signed with credentials can carry. */
export const SIGNED_ONLY = ["source_identity", "tags", "transitive_tag_keys", "mfa_arn"] as const;

/** Whether every transitive key is that of a tag; AWS compares them without regard to case. */
export function areTagged({ tags = {}, transitive_tag_keys: keys = [] }: Fields): boolean {
  const known = new Set(Object.keys(tags).map((key) => key.toLowerCase()));
  return keys.every((key) => known.has(key.toLowerCase()));
}

export function roleSession(fields: Fields): RoleSession {
  return {
    sourceIdentity: fields.source_identity,
    policy: fields.policy,
    policyArns: fields.policy_arns ?? [],
    sessionTags: fields.tags ?? {},
    transitiveTagKeys: fields.transitive_tag_keys ?? [],
    mfaArn: fields.mfa_arn,
  };
}

function hasTwins(keys: readonly string[]): boolean {
  return new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
}
