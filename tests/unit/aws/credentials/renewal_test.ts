import { match } from "node:assert/strict";
import { planCredentials } from "../../../../src/aws/credentials/credential_plan.ts";
import { describeRenewal } from "../../../../src/aws/credentials/renewal.ts";
import { readSharedFiles } from "../../../../src/aws/shared_config/shared_files.ts";
import { awsHost } from "../aws_host.ts";
import { renderParts } from "../../../../src/cli/output/remedy.ts";

const ROLE = "role_arn = arn:aws:iam::123456789012:role/r\n";
const SSO = "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n";
const KEYS = "aws_access_key_id = K\naws_secret_access_key = S\n";

const hints: readonly (readonly [lines: string, hint: RegExp])[] = [
  [KEYS, /^Renew the access keys: aws configure --profile p$/],
  ["credential_process = run", /^Run its program yourself: aws configure get credential_process --profile p$/],
  [SSO, /^Log in again: aws sso login --profile p$/],
  ["login_session = s", /^Log in again: aws login --profile p$/],
  [`${ROLE}web_identity_token_file = /t`, /^Check that \/t has a token/],
  [`${ROLE}credential_source = Environment`, /^Renew AWS_ACCESS_KEY_ID, /],
  [`${ROLE}credential_source = EcsContainer`, /container or instance/],
  [`${ROLE}source_profile = b\n[profile b]\n${SSO}`, /^Log in again: aws sso login --profile b$/],
  [`${ROLE}source_profile = b b\n[profile "b b"]\n${KEYS}`, /: aws configure --profile 'b b'$/],
];
for (const [lines, hint] of hints) {
  Deno.test(`credentials that AWS takes no longer: what to do is known from the profile: ${JSON.stringify(lines)}`, () => {
    const files = { "/h/.aws/config": `[profile p]\n${lines}` };
    const plan = planCredentials({ files: readSharedFiles(awsHost({ env: { HOME: "/h" }, files })), profile: "p" });
    match(renderParts({}, describeRenewal(plan!)), hint);
  });
}
