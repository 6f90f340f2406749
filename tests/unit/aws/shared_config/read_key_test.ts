import { deepEqual, equal, ok } from "node:assert/strict";
import { asksMetadata } from "../../../../src/aws/credentials/instance.ts";
import { planCredentials } from "../../../../src/aws/credentials/credential_plan.ts";
import { findKnownPortals } from "../../../../src/aws/shared_config/known_portals.ts";
import { chooseProfile } from "../../../../src/aws/shared_config/profile.ts";
import { findKey } from "../../../../src/aws/shared_config/read_key.ts";
import { configuredRegion, readSettings } from "../../../../src/aws/shared_config/settings.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";
import { AppError } from "../../../../src/errors.ts";
import { awsHost } from "../aws_host.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/** Does all that is done with a profile; returns what is wrong with it. */
function useProfile(config: string): readonly AppError[] {
  const host = awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/config": config } });
  const files = readSharedFiles(host);
  const profile = chooseProfile(host, { files });
  const uses = [
    () => readSettings(host, { files, profile }),
    () => configuredRegion(host, { profile }),
    () => asksMetadata(host, profile),
    () => planCredentials({ files, profile: profile.name }),
    () => equal(JSON.stringify(findKnownPortals(files)).includes(SECRET), false),
    () => equal(findKey(profile.section, "region")?.includes(SECRET) ?? false, false),
  ];
  return uses.flatMap(errorsOf);
}

function errorsOf(use: () => unknown): readonly AppError[] {
  try {
    use();
    return [];
  } catch (error) {
    if (error instanceof AppError) return [error];
    throw error;
  }
}

const ROLE = "role_arn = arn:aws:iam::123456789012:role/dev\nsource_profile = base\n";
const SSO = "sso_account_id = 123456789012\nsso_role_name = dev\n";
const SESSION = `[sso-session s]\nsso_start_url = https://a.example/start\nsso_region = us-east-2\n`;
const BASE = "[profile base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";

/** Settings of a profile, and what else it has. */
const SETTINGS: Readonly<Record<string, string>> = {
  ...{ region: "", output: "", ca_bundle: "", max_attempts: "", retry_mode: "", use_fips_endpoint: "" },
  ...{ use_dualstack_endpoint: "", ignore_configured_endpoint_urls: "", endpoint_url: "", services: "" },
  ...{ ec2_metadata_service_endpoint: "", ec2_metadata_service_endpoint_mode: "" },
  ...{ role_arn: "source_profile = base\n", source_profile: "role_arn = arn:aws:iam::123456789012:role/dev\n" },
  credential_source: "role_arn = arn:aws:iam::123456789012:role/dev\n",
  web_identity_token_file: "role_arn = arn:aws:iam::123456789012:role/dev\n",
  ...{ duration_seconds: ROLE, external_id: ROLE, mfa_serial: ROLE, role_session_name: ROLE },
  ...{ sso_session: SSO, sso_account_id: "sso_role_name = dev\nsso_session = s\n" },
  sso_role_name: "sso_account_id = 123456789012\nsso_session = s\n",
  ...{ sso_start_url: `${SSO}sso_region = us-east-2\n`, sso_region: `${SSO}sso_start_url = https://a.example\n` },
  ...{ aws_access_key_id: "aws_secret_access_key = x\n", aws_secret_access_key: "aws_access_key_id = x\n" },
  ...{ login_session: "", aws_session_token: "aws_access_key_id = x\naws_secret_access_key = x\n" },
};

for (const [key, others] of Object.entries(SETTINGS)) {
  Deno.test(`a value of several lines of ${key} is refused, and the lower ones are never shown`, () => {
    const values = ["us-east-2", "https://a.example", "x", "true", "base", "900"];
    for (const value of values) {
      const config = `[default]\n${others}${key} = ${value}\n  aws_secret_access_key = ${SECRET}\n${SESSION}${BASE}`;
      const errors = useProfile(config);
      ok(errors.length > 0, value);
      const told = errors.map((error) => `${error.message} ${renderRemedy({}, error)} ${JSON.stringify(error)}`).join();
      ok(!told.includes(SECRET), told);
      ok(told.includes(`Cannot use AWS setting ${key}: the lines below it are part of its value`), told);
      ok(told.includes(`Indent the lines below ${key} like that line, or remove them`), told);
    }
  });
}

Deno.test("what both a profile and its sso-session say is not shown beyond a line either", () => {
  const config = `[default]\nsso_session = s\n${SSO}sso_region = us-east-2\n  ${SECRET}\n${SESSION}`;
  const [error, ...more] = useProfile(config);
  equal(error?.message, "Cannot use AWS setting sso_region: the lines below it are part of its value");
  deepEqual(more, []);
});

Deno.test("a credential_process may go on in the next lines, which are more of its words", () => {
  const config = "[default]\ncredential_process = /bin/keys\n\n  --for dev\n";
  const host = awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/config": config } });
  const plan = planCredentials({ files: readSharedFiles(host), profile: "default" });
  deepEqual(plan, { from: "process", profile: "default", command: "/bin/keys --for dev" });
});

Deno.test("a profile whose lines are all indented has its role", () => {
  const indented = `region = us-east-2\n${ROLE}`.replaceAll(/^/gm, "  ");
  const host = awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/config": `[default]\n${indented}\n${BASE}` } });
  const plan = planCredentials({ files: readSharedFiles(host), profile: "default" });
  equal(plan?.from === "role" && plan.role.arn, "arn:aws:iam::123456789012:role/dev");
});
