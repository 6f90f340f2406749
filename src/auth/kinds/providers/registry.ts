import type { KindRegistry } from "../../../config/schema/kind.ts";
import type { AwsIamIdentityCenter } from "./aws_iam_identity_center.ts";
import type { AwsSaml } from "./aws_saml.ts";
import type { GithubOidc } from "./github_oidc.ts";

export type ProviderSpec = AwsIamIdentityCenter | AwsSaml | GithubOidc;

export const PROVIDERS: KindRegistry<ProviderSpec> = {
  "aws/iam-identity-center": { schema: () => import("./aws_iam_identity_center.ts") },
  "aws/saml": { schema: () => import("./aws_saml.ts") },
  "github/oidc": { schema: () => import("./github_oidc.ts") },
};
