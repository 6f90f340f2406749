import * as v from "valibot";
import type { Secret } from "../../../../secret.ts";
import { choice, duration, flag, secret, serviceUrl, text } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { PROVIDER_FIELDS, PROVIDER_SPEC, type ProviderBase, providerBase } from "../fields.ts";

/** Ours, then those of the Go atmos. */
const DRIVERS = ["browser", "form", "assertion", "Browser", "GoogleApps", "Okta", "ADFS"] as const;

export interface AwsSaml extends ProviderBase {
  readonly kind: "aws/saml";
  readonly url: string;
  readonly driver: typeof DRIVERS[number] | undefined;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  /** Path of the SAML response, for the driver `assertion`. */
  readonly assertionFile: string | undefined;
  readonly browserType: string | undefined;
  readonly browserExecutablePath: string | undefined;
  /** Directory of the browser's profile; one of its own for each login when absent. */
  readonly browserProfile: string | undefined;
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
  assertion_file: v.optional(text("file with the SAML response, for the driver assertion")),
  download_browser_driver: v.optional(flag("without effect: the driver browser uses one that is installed")),
  browser_type: v.optional(text("which installed browser to use: chrome, chromium, msedge")),
  browser_executable_path: v.optional(text("path of the browser, which Chrome, Chromium or Edge must be")),
  browser_profile: v.optional(text("directory for a browser profile that is kept, so that the page remembers you")),
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
  driver: browser
`,
  schema,
  model: (fields): AwsSaml => ({
    ...providerBase(fields),
    kind: fields.kind,
    url: fields.url,
    driver: fields.driver ?? fields.provider_type,
    username: fields.username,
    password: fields.password,
    assertionFile: fields.assertion_file,
    browserType: fields.browser_type,
    browserExecutablePath: fields.browser_executable_path,
    browserProfile: fields.browser_profile,
    sessionMs: fields.session?.duration,
  }),
});
