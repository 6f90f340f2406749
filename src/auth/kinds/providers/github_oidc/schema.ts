import * as v from "valibot";
import { duration } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { OIDC_SPEC, PROVIDER_FIELDS, type ProviderBase, providerBase } from "../fields.ts";

export interface GithubOidc extends ProviderBase {
  readonly kind: "github/oidc";
  readonly audience: string;
  /** Path of a file with the token, for jobs of other systems. */
  readonly tokenFile: string | undefined;
  readonly sessionMs: number | undefined;
}

const schema = v.object({
  kind: ordinary(v.literal("github/oidc")),
  ...PROVIDER_FIELDS,
  region: v.optional(PROVIDER_FIELDS.region),
  session: v.optional(v.object({
    duration: v.optional(ordinary(duration({ about: "length of the role's session", min: "15m", max: "12h" }))),
  })),
  spec: OIDC_SPEC,
});

export const kind = defineKind({
  name: "github/oidc",
  summary: "GitHub Actions: the workflow's OIDC token (permission id-token: write), no stored key",
  example: `github:
  kind: github/oidc
  region: us-east-1
  spec:
    audience: sts.amazonaws.com
`,
  schema,
  model: (fields): GithubOidc => ({
    ...providerBase(fields),
    kind: fields.kind,
    audience: fields.spec?.audience ?? "sts.amazonaws.com",
    tokenFile: fields.spec?.token_file,
    sessionMs: fields.session?.duration,
  }),
});
