import type { Named } from "../../../config/schema/entry.ts";
import type { SchemaHalf, Specs } from "../../../config/schema/kind.ts";
import type { AssumeIdentity } from "./assume.ts";
import type { AwsAssumeRole } from "./aws_assume_role/schema.ts";
import type { AwsUser } from "./aws_user/schema.ts";

interface Assume<Spec> {
  readonly assume: AssumeIdentity<Spec>;
}

/** `credentials`: how the identity gets its own. */
interface Halves<Spec> extends SchemaHalf<Spec> {
  readonly credentials: () => Promise<Assume<Spec>>;
}

/** The halves of one kind, which must fit together. */
function halves<Spec>(both: Halves<Spec>): Halves<Spec> {
  return both;
}

const AMBIENT = halves({
  calledElsewhere: [],
  schema: () => import("./aws_ambient/schema.ts"),
  credentials: () => import("./aws_ambient/credentials.ts"),
});

/** A new kind is a folder and one entry. */
export const IDENTITIES = {
  "aws/permission-set": halves({
    calledElsewhere: [
      "permission-set",
      "permissionset",
      "aws/permissionset",
      "aws/sso-permission-set",
      "aws/sso-role",
      "aws/sso",
      "aws/sso-account",
      "aws/iam-identity-center",
      "aws/identity-center",
    ],
    schema: () => import("./aws_permission_set/schema.ts"),
    credentials: () => import("./aws_permission_set/credentials.ts"),
  }),
  "aws/assume-role": halves({
    calledElsewhere: [
      "assume-role",
      "assumerole",
      "aws/assumerole",
      "role",
      "aws/role",
      "iam-role",
      "aws/iam-role",
      "aws/sts",
      "aws/role-chain",
      "aws/web-identity",
      "aws/saml",
      "github/oidc",
    ],
    schema: () => import("./aws_assume_role/schema.ts"),
    credentials: () => import("./aws_assume_role/credentials.ts"),
  }),
  "aws/assume-root": halves({
    calledElsewhere: ["assume-root", "assumeroot", "aws/assumeroot", "root", "aws/root", "aws/root-session"],
    schema: () => import("./aws_assume_root/schema.ts"),
    credentials: () => import("./aws_assume_root/credentials.ts"),
  }),
  "aws/user": halves({
    calledElsewhere: [
      "user",
      "iam-user",
      "aws/iam-user",
      "aws/access-key",
      "aws/access-keys",
      "aws/keys",
      "aws/static",
      "static",
      "aws/credentials",
      "aws/basic",
    ],
    schema: () => import("./aws_user/schema.ts"),
    credentials: () => import("./aws_user/credentials.ts"),
  }),
  "aws/ambient": {
    ...AMBIENT,
    calledElsewhere: [
      "env",
      "aws/env",
      "environment",
      "aws/environment",
      "aws/instance-profile",
      "aws/instance-role",
      "aws/ec2",
      "aws/ecs",
      "aws/irsa",
      "aws/pod-identity",
      "aws/default",
      "aws/imds",
    ],
  },
  "ambient": AMBIENT,
} as const;

export type IdentitySpec = Specs<typeof IDENTITIES>;
type Identity = IdentitySpec & Named;

/** Gets credentials of an identity as its kind does. Errors as for AssumeIdentity. */
export const assumeIdentity: AssumeIdentity<IdentitySpec> = async (host, input) => {
  // The registry has the function of that very kind, which the compiler cannot see.
  const { assume } = await IDENTITIES[input.identity.kind].credentials() as Assume<IdentitySpec>;
  return await assume(host, input);
};

export function isAssumeRole(identity: Identity): identity is AwsAssumeRole & Named {
  return identity.kind === "aws/assume-role";
}

export function isUser(identity: Identity): identity is AwsUser & Named {
  return identity.kind === "aws/user";
}
