import assert from "node:assert/strict";
import { EXPIRED_KEY } from "../support/standin/keys.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { runEks } from "../support/runs/eks_run.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];

function urlOf(stdout: string): URL {
  const { token } = JSON.parse(stdout).status;
  return new URL(atob(token.slice("k8s-aws-v1.".length).replaceAll("-", "+").replaceAll("_", "/")));
}

Deno.test("a token without any network, whatever AWS_ENDPOINT_URL says", async () => {
  using home = tempHome();
  const run = await runEks({ home, env: { AWS_ENDPOINT_URL: "http://127.0.0.1:9" } }, TOKEN);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stderr, "");
  assert.equal(urlOf(run.stdout).host, "sts.us-east-2.amazonaws.com");
  assert.deepEqual(home.files(), []);
});

Deno.test("keys from a profile, its name from kubectl's environment", async () => {
  using home = tempHome();
  home.write(".aws/credentials", "[team]\naws_access_key_id = AKIATEAM\naws_secret_access_key = s3cret\n");
  const run = await runEks(
    { home, env: { AWS_PROFILE: "team", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" } },
    TOKEN,
  );
  assert.equal(run.status, 0, run.stderr);
  assert.match(urlOf(run.stdout).searchParams.get("X-Amz-Credential")!, /^AKIATEAM\//);
  assert.ok(!run.stdout.includes("s3cret"));
});

Deno.test("a role is assumed first", async () => {
  await using aws = await startStandin({ expects: ["AssumeRole"] });
  using home = tempHome();
  const run = await runEks({ home, aws }, [...TOKEN, "--role-arn", "arn:aws:iam::123456789012:role/kube"]);
  assert.equal(run.status, 0, run.stderr);
  assert.ok(urlOf(run.stdout).searchParams.get("X-Amz-Security-Token"));
  assert.equal(aws.calls[0]!.parameters["RoleSessionName"], "EKSGetTokenAuth");
  aws.assertDone();
});

Deno.test("failures are short, and stdout stays empty", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const none = await runEks({ home, key: { accessKeyId: "", secretAccessKey: "", principal: "" } }, TOKEN);
  assert.deepEqual([none.status, none.stdout], [4, ""]);
  const expired = await runEks({ home, aws, key: EXPIRED_KEY }, [
    ...TOKEN,
    "--role-arn",
    "arn:aws:iam::123456789012:role/x",
  ]);
  assert.deepEqual([expired.status, expired.stdout], [4, ""]);
  const nameless = await runEks({ home }, ["aws", "eks", "token"]);
  assert.match(
    nameless.stderr,
    /^Error: Cannot create a token: no cluster was given\. Specify one: --cluster-name .*\n$/,
  );
});

Deno.test("a request that cannot be understood gets its token, and one warning", async () => {
  using home = tempHome();
  for (
    const request of ['{"apiVersion":"x/v9"}', "{", "[]", '{"apiVersion":"client.authentication.k8s.io/v1alpha1"}']
  ) {
    const run = await runEks({ home, env: { KUBERNETES_EXEC_INFO: request } }, TOKEN);
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /^Warning: [^\n]+\n$/);
    assert.match(JSON.parse(run.stdout).apiVersion, request.includes("alpha1") ? /v1alpha1$/ : /v1beta1$/);
    assert.equal(urlOf(run.stdout).host, "sts.us-east-2.amazonaws.com");
    const quiet = await runEks({ home, env: { KUBERNETES_EXEC_INFO: request } }, [...TOKEN, "--logs-level=off"]);
    assert.deepEqual([quiet.status, quiet.stderr], [0, ""]);
  }
});
