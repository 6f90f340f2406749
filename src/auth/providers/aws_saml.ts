import * as v from "valibot";
import type { Secret } from "../../secret.ts";
import { choice, duration, flag, secret, serviceUrl, text } from "../fields.ts";
import { defineKind } from "../kind.ts";
import { PROVIDER_FIELDS, PROVIDER_SPEC, type ProviderBase, providerBase } from "./fields.ts";

const DRIVERS = ["Browser", "GoogleApps", "Okta", "ADFS"] as const;

export interface AwsSaml extends ProviderBase {
  readonly kind: "aws/saml";
  readonly url: string;
  readonly driver: typeof DRIVERS[number] | undefined;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  readonly downloadBrowserDriver: boolean;
  readonly browserType: string | undefined;
  readonly browserExecutablePath: string | undefined;
  readonly sessionMs: number | undefined;
}

const schema = v.object({
  kind: v.literal("aws/saml"),
  url: serviceUrl("address of the identity provider's page for AWS"),
  ...PROVIDER_FIELDS,
  driver: v.optional(choice(DRIVERS, "how to log in to the identity provider")),
  provider_type: v.optional(choice(DRIVERS, "older spelling of driver")),
  username: v.optional(text("user name at the identity provider")),
  password: v.optional(secret("password at the identity provider; better left out and typed")),
  download_browser_driver: v.optional(flag("download a browser when there is none")),
  browser_type: v.optional(text("which browser to use")),
  browser_executable_path: v.optional(text("path of the browser")),
  session: v.optional(v.object({
    duration: v.optional(duration({ about: "length of the role's session", min: "15m", max: "12h" })),
  })),
  spec: PROVIDER_SPEC,
});

export const kind = defineKind({
  name: "aws/saml",
  summary: "A SAML identity provider: a person logs in on its page, AWS gets its assertion",
  example: `company-okta:
  kind: aws/saml
  url: https://company.okta.com/home/amazon_aws/0oa1b2c3/272
  region: us-east-1
  driver: Browser
`,
  schema,
  model: (fields): AwsSaml => ({
    ...providerBase(fields),
    kind: fields.kind,
    url: fields.url,
    driver: fields.driver ?? fields.provider_type,
    username: fields.username,
    password: fields.password,
    downloadBrowserDriver: fields.download_browser_driver ?? false,
    browserType: fields.browser_type,
    browserExecutablePath: fields.browser_executable_path,
    sessionMs: fields.session?.duration,
  }),
});
