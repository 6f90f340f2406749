import type { Named } from "../../../config/schema/entry.ts";
import type { SchemaHalf, Specs } from "../../../config/schema/kind.ts";
import type { AwsIamIdentityCenter } from "./aws_iam_identity_center/schema.ts";
import type { AwsSaml } from "./aws_saml/schema.ts";
import type { ProviderSessions } from "./provider_session.ts";

/** `session`: what its login gives. */
interface Halves<Spec> extends SchemaHalf<Spec> {
  readonly session: () => Promise<ProviderSessions<Spec>>;
}

/** The halves of one kind, which must fit together. */
function halves<Spec>(both: Halves<Spec>): Halves<Spec> {
  return both;
}

/** A new kind is a folder and one entry. */
export const PROVIDERS = {
  "aws/iam-identity-center": halves({
    calledElsewhere: [
      "sso",
      "aws/sso",
      "aws-sso",
      "identity-center",
      "aws/identity-center",
      "iam-identity-center",
      "aws/iam-identity-centre",
      "aws/idc",
      "aws/sso-oidc",
      "aws/permission-set",
    ],
    schema: () => import("./aws_iam_identity_center/schema.ts"),
    session: () => import("./aws_iam_identity_center/session.ts"),
  }),
  "aws/saml": halves({
    calledElsewhere: [
      "saml",
      "saml2",
      "saml2aws",
      "aws/saml2",
      "okta",
      "aws/okta",
      "adfs",
      "aws/adfs",
      "google",
      "google-apps",
      "googleapps",
      "aws/google",
      "azure-ad",
      "aws/azure-ad",
    ],
    schema: () => import("./aws_saml/schema.ts"),
    session: () => import("./aws_saml/session.ts"),
  }),
  "github/oidc": halves({
    calledElsewhere: [
      "oidc",
      "aws/oidc",
      "github",
      "github-oidc",
      "github/actions",
      "github-actions",
      "aws/github",
      "aws/github-oidc",
      "aws/web-identity",
      "gitlab/oidc",
    ],
    schema: () => import("./github_oidc/schema.ts"),
    session: () => import("./github_oidc/session.ts"),
  }),
} as const;

export type ProviderSpec = Specs<typeof PROVIDERS>;
type Provider = ProviderSpec & Named;

/** How a provider of that kind gives its session. */
export async function loadSessions(kind: Provider["kind"]): Promise<ProviderSessions<ProviderSpec>> {
  // The registry has the functions of that very kind, which the compiler cannot see.
  return await PROVIDERS[kind].session() as ProviderSessions<ProviderSpec>;
}

/** Whether its login leaves a session of its own, which all of its identities share. */
export function isSso(provider: Provider): provider is AwsIamIdentityCenter & Named {
  return provider.kind === "aws/iam-identity-center";
}

/** Whether its login answers with a SAML response, and with roles to choose from. */
export function isSaml(provider: Provider | undefined): provider is AwsSaml & Named {
  return provider?.kind === "aws/saml";
}
