import assert from "node:assert/strict";
import { noCredentials } from "../../../../src/aws/credentials/discover.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

Deno.test("no credentials, and nobody named a profile", () => {
  const found = noCredentials({ name: "default", namedBy: "none", section: new Map() });
  assert.equal(found.code, "login-needed");
  assert.match(found.message, /none in the environment, in ~\/\.aws, nor from a container or instance/);
  assert.match(renderRemedy({}, found), /aws sso login, or set/);
});

Deno.test("no credentials of a named profile", () => {
  const found = noCredentials({ name: "dev", namedBy: "env", section: new Map() });
  assert.equal(found.message, 'Cannot find AWS credentials of profile "dev": it names no way to get them');
  assert.match(renderRemedy({}, found), /aws sso login --profile dev, or set AWS_ACCESS_KEY_ID/);
});
