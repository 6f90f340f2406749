import type { Named } from "../../../config/schema/entry.ts";
import type { SchemaHalf } from "../../../config/schema/kind.ts";
import type { AwsIamIdentityCenter } from "./aws_iam_identity_center/schema.ts";
import type { AwsSaml } from "./aws_saml/schema.ts";
import type { GithubOidc } from "./github_oidc/schema.ts";
import type { ProviderSessions } from "./provider_session.ts";

export type ProviderSpec = AwsIamIdentityCenter | AwsSaml | GithubOidc;
type Provider = ProviderSpec & Named;

/** `session`: what its login gives. */
interface Halves<Spec> extends SchemaHalf<Spec> {
  readonly session: () => Promise<ProviderSessions<Spec>>;
}

export const PROVIDERS: { readonly [Spec in ProviderSpec as Spec["kind"]]: Halves<Spec> } = {
  "aws/iam-identity-center": {
    schema: () => import("./aws_iam_identity_center/schema.ts"),
    session: () => import("./aws_iam_identity_center/session.ts"),
  },
  "aws/saml": {
    schema: () => import("./aws_saml/schema.ts"),
    session: () => import("./aws_saml/session.ts"),
  },
  "github/oidc": {
    schema: () => import("./github_oidc/schema.ts"),
    session: () => import("./github_oidc/session.ts"),
  },
};

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
