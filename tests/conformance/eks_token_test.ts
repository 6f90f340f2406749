import assert from "node:assert/strict";
import { keepSecret } from "../../src/aws/client/credentials.ts";
import { eksToken } from "../../src/aws/eks/eks_token.ts";
import { keyEnv, SESSION_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const PREFIX = "k8s-aws-v1.";

interface Case {
  readonly region: string;
  readonly cluster: string;
  readonly key: StandinKey;
}

/** The parameters of a token's URL, its scheme, host and path first; their order does not count. */
function parts(token: string): readonly string[] {
  assert.ok(token.startsWith(PREFIX));
  const base64 = token.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/");
  const url = new URL(atob(base64));
  return [url.origin + url.pathname, ...[...url.searchParams].map(([name, value]) => `${name}=${value}`).sort()];
}

async function awsToken({ region, cluster, key }: Case): Promise<string> {
  using home = tempHome();
  const run = await new Deno.Command("aws", {
    args: ["eks", "get-token", "--cluster-name", cluster, "--region", region, "--output", "json"],
    env: { ...keyEnv(key), HOME: home.path },
  }).output();
  assert.equal(run.code, 0, new TextDecoder().decode(run.stderr));
  return JSON.parse(new TextDecoder().decode(run.stdout)).status.token;
}

const ignore = !hasProgram("aws", "tokens as the AWS CLI makes them");
for (const region of ["us-east-2", "cn-north-1", "us-gov-west-1", "eu-west-1"]) {
  for (const key of [USER_KEY, SESSION_KEY]) {
    const how = key.sessionToken === undefined ? "long-lived keys" : "a session";
    Deno.test({
      name: `the token for ${region} with ${how} is the AWS CLI's own, signature included`,
      ignore,
      fn: async () => {
        const cluster = `dev_${"x".repeat(90)}-1`;
        const theirs = parts(await awsToken({ region, cluster, key }));
        const time = theirs.find((part) => part.startsWith("X-Amz-Date="))!.slice("X-Amz-Date=".length);
        const iso = time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z");
        const { token } = await eksToken({ cluster, region, credentials: keepSecret(key), now: Date.parse(iso) });
        assert.deepEqual(parts(token), theirs);
      },
    });
  }
}
