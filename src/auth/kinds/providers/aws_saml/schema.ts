import * as v from "valibot";
import type { Located } from "../../../../config/values/located.ts";
import type { Secret } from "../../../../secret.ts";
import { choice, duration, FILE_TO_AWS, flag, noEffect, secret, serviceUrl, text } from "../../fields.ts";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary, power } from "../../../../config/schema/trust_class.ts";
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
  /** Directory of the browser's profile; by default one for each login. */
  readonly browserProfile: string | undefined;
  readonly sessionMs: number | undefined;
}

function isUsualBrowser(value: Located): boolean {
  return value.kind === "scalar" && /^(?:chrome|chromium|msedge)$/.test(value.text);
}

const schema = v.object({
  kind: ordinary(v.literal("aws/saml")),
  url: power(serviceUrl("address of the identity provider's page for AWS"), "sets where a password is typed"),
  ...PROVIDER_FIELDS,
  driver: v.optional(ordinary(choice(DRIVERS, "how to log in to the identity provider"))),
  provider_type: v.optional(ordinary(choice(DRIVERS, "older spelling of driver"))),
  username: v.optional(power(text("user name at the identity provider"), "is sent to the page")),
  password: v.optional(
    power(secret("password at the identity provider; better left out and typed"), "is sent to the page"),
  ),
  assertion_file: v.optional(
    power(text("file with the SAML response, for the driver assertion"), FILE_TO_AWS),
  ),
  download_browser_driver: v.optional(
    noEffect(ordinary(flag("of the Go atmos: download a browser")), {
      but: "false",
      why: "the driver browser uses one that is installed",
    }),
  ),
  browser_type: v.optional(
    power(text("which installed browser to use: chrome, chromium, msedge"), {
      reason: "sets which program is started",
      unless: { is: "chrome, chromium or msedge", holds: (_host, { value }) => isUsualBrowser(value) },
    }),
  ),
  browser_executable_path: v.optional(
    power(text("path of the browser, which Chrome, Chromium or Edge must be"), {
      reason: "sets which program is started",
      runs: true,
      namesFile: true,
    }),
  ),
  browser_profile: v.optional(
    power(text("directory of a persistent browser profile, so that the page remembers you"), {
      reason: "sets which browser profile is used",
      namesFile: true,
    }),
  ),
  session: v.optional(v.object({
    duration: v.optional(ordinary(duration({ about: "length of the role's session", min: "15m", max: "12h" }))),
  })),
  spec: PROVIDER_SPEC,
});

export const kind = defineKind({
  name: "aws/saml",
  summary: "A SAML identity provider: you log in on its page, and AWS receives its assertion",
  example: `company-okta:
  kind: aws/saml
  url: https://company.okta.com/home/amazon_aws/0oa1b2c3/272
  region: us-east-1
  driver: browser
`,
  schema,
  incidental: ["password", "browserType", "browserExecutablePath"],
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
