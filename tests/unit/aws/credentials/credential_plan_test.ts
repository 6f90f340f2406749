import assert from "node:assert/strict";
import { type CredentialPlan, planCredentials } from "../../../../src/aws/credentials/credential_plan.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { AppError } from "../../../../src/errors.ts";
import { awsHost } from "../aws_host.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

const ROLE = "role_arn = arn:aws:iam::123456789012:role/r\n";
const KEYS = "aws_access_key_id = K\naws_secret_access_key = canary\n";

function plan(config: string): CredentialPlan | undefined {
  const files = readSharedFiles(awsHost({ env: { HOME: "/h" }, files: { "/h/.aws/config": config } }));
  return planCredentials({ files, profile: "p" });
}

/** The way to the credentials, the last step first: "role p < keys". */
function told(found: CredentialPlan | undefined): string {
  if (found === undefined) return "nothing";
  if (found.from === "role") return `role ${found.role.profile} < ${told(found.base)}`;
  return found.from === "source" ? found.source : found.from;
}

const SSO = "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n";
const ways: readonly (readonly [string, string])[] = [
  [`[profile p]\nregion = x`, "nothing"],
  [`[profile p]\n${KEYS}`, "keys"],
  [`[profile p]\ncredential_process = run me`, "process"],
  [`[profile p]\n${KEYS}credential_process = run me`, "process"],
  [`[profile p]\n${SSO}`, "sso"],
  [`[profile p]\n${SSO}${KEYS}`, "sso"],
  [`[profile p]\nsso_session = s\n${KEYS}`, "keys"],
  [
    `[profile p]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[sso-session s]\nsso_start_url=u\nsso_region=x`,
    "sso",
  ],
  [`[profile p]\nlogin_session = s`, "login-session"],
  [`[profile p]\n${ROLE}web_identity_token_file = /t`, "web-identity"],
  [`[profile p]\n${ROLE}credential_source = Environment`, "role p < Environment"],
  [`[profile p]\n${ROLE}source_profile = b\n[profile b]\n${KEYS}`, "role p < keys"],
  [`[profile p]\n${ROLE}source_profile = p\n${KEYS}`, "role p < keys"],
  [`[profile p]\n${ROLE}source_profile = b\n[profile b]\n${ROLE}source_profile = p\n${KEYS}`, "role p < keys"],
  [
    `[profile p]\n${ROLE}source_profile = b\n[profile b]\n${ROLE}source_profile = c\n[profile c]\ncredential_process = x`,
    "role p < role b < process",
  ],
];
for (const [config, expected] of ways) {
  Deno.test(`the way to credentials is ${expected}: ${JSON.stringify(config)}`, () => {
    assert.equal(told(plan(config)), expected);
  });
}

Deno.test("a role comes with all that its profile says about it", () => {
  const more = "role_session_name = me\nexternal_id = e\nduration_seconds = 900\nregion = eu-west-1\n";
  const found = plan(`[profile p]\n${ROLE}${more}credential_source = EcsContainer`);
  assert.ok(found?.from === "role");
  assert.deepEqual(found.role, {
    profile: "p",
    arn: "arn:aws:iam::123456789012:role/r",
    sessionName: "me",
    externalId: "e",
    durationSeconds: 900,
    region: "eu-west-1",
  });
});

const faults: readonly (readonly [string, string, RegExp, RegExp])[] = [
  [
    "aws_access_key_id = canary",
    "login-needed",
    /: it has aws_access_key_id, but no aws_secret_access_key$/,
    /aws configure --profile p/,
  ],
  [
    "aws_secret_access_key = canary",
    "login-needed",
    /: it has aws_secret_access_key, but no aws_access_key_id$/,
    /Enter both/,
  ],
  ["credential_process =", "config-invalid", /: its credential_process is empty$/, /command/],
  [
    ROLE,
    "config-invalid",
    /: it has role_arn, but neither source_profile nor credential_source$/,
    /set source_profile NAME --profile p/,
  ],
  [
    `${ROLE}source_profile = nope`,
    "config-invalid",
    /: its source_profile "nope" does not exist$/,
    /aws configure --profile nope/,
  ],
  [
    `${ROLE}source_profile = devlopment\n[profile development]`,
    "config-invalid",
    /: its source_profile "devlopment" does not exist$/,
    /Did you mean "development"\?/,
  ],
  [`${ROLE}source_profile = p`, "config-invalid", /: its source_profile chain is circular: p, p$/, /access keys/],
  [
    `${ROLE}source_profile = b\n[profile b]\nregion = x`,
    "config-invalid",
    /"p": its source_profile "b" has no credentials$/,
    /--profile b/,
  ],
  [
    `${ROLE}source_profile = b\n[profile b]\n${ROLE}source_profile = p`,
    "config-invalid",
    /"b": its source_profile chain is circular: p, b, p$/,
    /a different source_profile/,
  ],
  [
    `${ROLE}credential_source = Junk`,
    "config-invalid",
    /: its credential_source "Junk" is none of Environment, /,
    /set credential_source/,
  ],
  [
    `${ROLE}source_profile = b\ncredential_source = Environment`,
    "config-invalid",
    /both source_profile and credential_source$/,
    /Remove one/,
  ],
  [
    "role_arn = junk\nsource_profile = b",
    "config-invalid",
    /: its role_arn "junk" is not the ARN of an IAM role$/,
    /arn:aws:iam/,
  ],
  [
    "web_identity_token_file = /t",
    "config-invalid",
    /: it has no role_arn for its web_identity_token_file$/,
    /role_arn/,
  ],
  [
    `${ROLE}source_profile = b\nduration_seconds = long`,
    "config-invalid",
    /duration_seconds "long" is not a number$/,
    /seconds/,
  ],
  [
    "sso_session = s\nsso_account_id = 1\nsso_role_name = r",
    "config-invalid",
    /: its sso_session "s" does not exist: there is no \[sso-session s\]$/,
    /aws configure sso-session/,
  ],
  ["sso_session = coorp\n[sso-session corp]", "config-invalid", /"coorp" does not exist/, /Did you mean "corp"\?/],
  [
    "sso_account_id = 1",
    "config-invalid",
    /but sso_role_name, sso_start_url, sso_region are missing$/,
    /aws configure sso --profile p/,
  ],
  [SSO.replace(/sso_region.*/, ""), "config-invalid", /but sso_region is missing$/, /aws configure sso/],
];
for (const [lines, code, message, hint] of faults) {
  Deno.test(`a profile that leads nowhere: ${JSON.stringify(lines)}`, () => {
    assert.throws(() => plan(`[profile p]\n${lines}\n`), (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.code, code);
      assert.match(error.message, /^Cannot use AWS profile "[pb]": /);
      assert.match(error.message, message);
      assert.match(renderRemedy({}, error), hint);
      return !`${error.message}${renderRemedy({}, error)}`.includes("canary");
    });
  });
}
