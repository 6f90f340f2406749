import { equal, match } from "node:assert/strict";
import { USER_KEY } from "../support/standin/keys.ts";
import { CONFIG, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const LOGIN = ["auth", "login"];
const WITHOUT = CONFIG.replace("github: {kind: github/oidc, region: us-east-2}", "github: {kind: github/oidc}");

Deno.test("auth login: a job's token needs no region, in the configuration or elsewhere", async () => {
  for (const env of [{}, { AWS_REGION: "eu-west-1" }]) {
    await using world = await loginWorld({ config: WITHOUT });
    const AWS_WEB_IDENTITY_TOKEN_FILE = world.home.write("token", "e30.e30.sig");
    const { status, stderr } = await world.run([...LOGIN, "ci"], { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE, ...env });
    equal(status, 0, stderr);
    const { action } = world.aws.calls.at(-1)!;
    equal(action, "AssumeRoleWithWebIdentity");
    match(world.home.read(".config/atmos/test/aws/github/credentials")!, /\[ci\]/);
  }
});

Deno.test("auth login: a bad AWS_REGION stops nothing that has a region; where it decides, it is what is told", async () => {
  await using world = await loginWorld({ config: WITHOUT });
  const bad = { AWS_REGION: "us-est-2 " };
  equal((await world.run(LOGIN, bad)).status, 0);
  equal(world.aws.count("GetRoleCredentials"), 1);
  const AWS_WEB_IDENTITY_TOKEN_FILE = world.home.write("token", "e30.e30.sig");
  const told =
    /^Error: Cannot use AWS_REGION "us-est-2 ": it is not the name of an AWS region\nHint: Correct or remove AWS_REGION\. A region looks like us-east-2\n$/;
  const job = await world.run([...LOGIN, "ci"], { ...NOBODY, ...bad, AWS_WEB_IDENTITY_TOKEN_FILE });
  equal(job.status, 2, job.stderr);
  match(job.stderr, told);
  const { accessKeyId, secretAccessKey } = USER_KEY;
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const ambient = await world.run([...LOGIN, "from-runner"], { ...NOBODY, ...bad, ...keys });
  match(ambient.stderr, told);
});
