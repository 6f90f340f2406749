import * as v from "valibot";
import { ordinary, power } from "../../../config/schema/trust_class.ts";
import { duration, FILE_TO_AWS, flag, list, noEffect, region, serviceUrl, text, WHERE_AWS_IS } from "../fields.ts";

/** What providers of every kind may say. */
export const PROVIDER_FIELDS = {
  region: ordinary(region("AWS region of the provider, such as us-east-1")),
  default: v.optional(ordinary(flag("use this provider by default"))),
  tags: v.optional(ordinary(list("words to select it by"))),
  auto_provision_identities: v.optional(noEffect(
    ordinary(flag("of the Go atmos: after login, offer every account and role as an identity")),
    { but: "false", why: "only IAM Identity Center lists the accounts and roles of a user" },
  )),
  console: v.optional(v.object({
    session_duration: v.optional(
      ordinary(duration({ about: "length of a session in the AWS console", min: "15m", max: "12h" })),
    ),
  })),
};

const SPEC_FIELDS = {
  endpoint_url: v.optional(power(serviceUrl("address to use instead of AWS's own"), WHERE_AWS_IS)),
  files: v.optional(v.object({
    base_path: v.optional(noEffect(
      power(text("of the Go atmos: directory for the AWS files"), {
        reason: "sets where credentials are written",
        namesFile: true,
      }),
      { why: "AWS files are written where every atmos looks for them" },
    )),
  })),
  aws: v.optional(v.object({
    resolver: v.optional(v.object({
      url: v.optional(power(serviceUrl("older spelling of endpoint_url"), WHERE_AWS_IS)),
    })),
  })),
};

export const PROVIDER_SPEC = v.optional(v.object(SPEC_FIELDS));
export const OIDC_SPEC = v.optional(v.object({
  ...SPEC_FIELDS,
  audience: v.optional(ordinary(text("audience of the token (default: sts.amazonaws.com)"))),
  token_file: v.optional(
    power(text("file with the job's token, where it is not GitHub that gives it"), FILE_TO_AWS),
  ),
}));

const COMMON = v.object({ ...PROVIDER_FIELDS, region: v.optional(PROVIDER_FIELDS.region), spec: PROVIDER_SPEC });

export interface ProviderBase {
  /** Only a kind that calls AWS by itself must have one. */
  readonly region: string | undefined;
  readonly isDefault: boolean;
  readonly tags: readonly string[];
  readonly consoleSessionMs: number | undefined;
  readonly endpointUrl: string | undefined;
}

/** What decides nothing about credentials, in providers of every kind. */
export const INCIDENTAL_TO_PROVIDERS: readonly (keyof ProviderBase)[] = [
  ...["isDefault", "tags", "consoleSessionMs"] as const,
];

export function providerBase(fields: v.InferOutput<typeof COMMON>): ProviderBase {
  return {
    region: fields.region,
    isDefault: fields.default ?? false,
    tags: fields.tags ?? [],
    consoleSessionMs: fields.console?.session_duration,
    endpointUrl: fields.spec?.endpoint_url ?? fields.spec?.aws?.resolver?.url,
  };
}
