import assert from "node:assert/strict";
import {
  webIdentityCredentials,
  webIdentityOfEnvironment,
} from "../../../../src/aws/credentials/credentials_web_identity.ts";
import { awsHost } from "../aws_host.ts";

const ROLE = "arn:aws:iam::123456789012:role/r";
const FILE = { AWS_WEB_IDENTITY_TOKEN_FILE: "/t/token" };

Deno.test("a web identity in the environment", () => {
  const find = (env: Record<string, string>) => webIdentityOfEnvironment(awsHost({ env }));
  assert.equal(find({ AWS_ROLE_ARN: ROLE }), undefined);
  const found = find({ ...FILE, AWS_ROLE_ARN: ROLE, AWS_ROLE_SESSION_NAME: "pod" });
  assert.deepEqual([found?.tokenFile, found?.roleArn, found?.sessionName], ["/t/token", ROLE, "pod"]);
  assert.throws(() => find(FILE), { code: "config-invalid", message: /_TOKEN_FILE: AWS_ROLE_ARN is not set$/ });
  assert.throws(() => find({ ...FILE, AWS_ROLE_ARN: "junk" }), {
    code: "config-invalid",
    message: 'Cannot use AWS_ROLE_ARN "junk": it is not the ARN of an IAM role',
    hint: /unset AWS_WEB_IDENTITY_TOKEN_FILE/,
  });
});

const faults: readonly (readonly [string, string, string, RegExp])[] = [
  ["/none", ROLE, "config-not-found", /^Cannot read web identity token "\/none": it does not exist$/],
  ["/t", ROLE, "config-invalid", /"\/t": it is a directory$/],
  ["/t/empty", ROLE, "config-invalid", /"\/t\/empty": it is empty$/],
  ["/t/token", ROLE.replace("aws", "aws-cn"), "config-invalid", /^Cannot use AWS_ROLE_ARN "arn:aws-cn.*partition aws$/],
];
for (const [tokenFile, roleArn, code, message] of faults) {
  Deno.test(`a web identity that leads nowhere: ${tokenFile} ${roleArn}`, async () => {
    const host = awsHost({ files: { "/t/token": "jwt", "/t/empty": "\n" } });
    const settings = {
      profile: "default",
      endpoints: {},
      fips: false,
      dualstack: false,
      maxAttempts: 1,
      retryMode: "standard",
    } as const;
    const sources = { source: "AWS_WEB_IDENTITY_TOKEN_FILE", roleSource: "AWS_ROLE_ARN" };
    const input = { tokenFile, roleArn, ...sources, settings, region: "us-east-2" };
    await assert.rejects(webIdentityCredentials(host, input), { code, message });
  });
}
