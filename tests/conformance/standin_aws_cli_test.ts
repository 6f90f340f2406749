import assert from "node:assert/strict";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { CA_DATA, cluster } from "../support/standin/clusters.ts";
import { EXPIRED_KEY, keyEnv, SESSION_KEY, type StandinKey, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** The stand-in, proved by a stranger: what the real AWS CLI takes for AWS is near enough to it. */
const present = hasProgram("aws", "the AWS CLI takes the stand-in for AWS");

interface Cli {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Place {
  readonly standin: Standin;
  readonly home: TempHome;
  readonly key?: StandinKey;
}

async function aws(place: Place, line: string): Promise<Cli> {
  const inherited = ["PATH", "PYENV_ROOT", "PYENV_VERSION"].map((name) => [name, Deno.env.get(name)] as const);
  const output = await new Deno.Command("aws", {
    args: [...line.split(" "), "--region", "us-east-2", "--output", "json"],
    clearEnv: true,
    env: {
      ...Object.fromEntries(inherited.filter((one): one is readonly [string, string] => one[1] !== undefined)),
      ...place.home.env(keyEnv(place.key ?? USER_KEY)),
      PYENV_VERSION: Deno.env.get("PYENV_VERSION") ?? "",
      AWS_ENDPOINT_URL: place.standin.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "2",
    },
    stdin: "null",
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { status: output.code, stdout: stdout!, stderr: stderr! };
}

function test(name: string, fn: (place: Place) => Promise<void>): void {
  Deno.test({
    name: `stand-in: ${name}`,
    ignore: !present,
    async fn() {
      const clusters = [cluster("dev-cluster"), ...["a", "b", "c", "d"].map((one) => cluster(one))];
      await using standin = await startStandin({ clusters, pageSize: 2 });
      using home = tempHome();
      await fn({ standin, home });
    },
  });
}

test("aws eks describe-cluster reads it, signed by a user and by a session", async (place) => {
  for (const key of [USER_KEY, SESSION_KEY]) {
    const { status, stdout, stderr } = await aws({ ...place, key }, "eks describe-cluster --name dev-cluster");
    assert.equal(status, 0, stderr);
    const found = JSON.parse(stdout).cluster;
    assert.equal(found.arn, "arn:aws:eks:us-east-2:123456789012:cluster/dev-cluster");
    assert.equal(found.certificateAuthority.data, CA_DATA);
    const call = place.standin.calls.at(-1);
    assert.deepEqual([call?.action, call?.principal, call?.region], ["DescribeCluster", key.principal, "us-east-2"]);
  }
});

test("aws eks list-clusters goes through every page", async (place) => {
  const { stdout } = await aws(place, "eks list-clusters");
  assert.deepEqual(JSON.parse(stdout).clusters, ["dev-cluster", "a", "b", "c", "d"]);
  assert.equal(place.standin.calls.length, 3);
});

test("aws eks update-kubeconfig writes a kubeconfig from it", async (place) => {
  const path = place.home.at("kubeconfig");
  const { status, stderr } = await aws(place, `eks update-kubeconfig --name dev-cluster --kubeconfig ${path}`);
  assert.equal(status, 0, stderr);
  assert.match(place.home.read("kubeconfig") ?? "", /https:\/\/EXAMPLE0123456789\.gr7\.us-east-2\.eks\.amazonaws\.com/);
});

test("aws sts get-caller-identity and assume-role, whose keys then work", async (place) => {
  const who = JSON.parse((await aws(place, "sts get-caller-identity")).stdout);
  assert.deepEqual([who.Account, who.Arn], ["123456789012", USER_KEY.principal]);
  const role = "sts assume-role --role-arn arn:aws:iam::123456789012:role/team/admin --role-session-name test";
  const { Credentials: got } = JSON.parse((await aws(place, role)).stdout);
  const key = {
    accessKeyId: got.AccessKeyId,
    secretAccessKey: got.SecretAccessKey,
    sessionToken: got.SessionToken,
    principal: "",
  };
  const then = JSON.parse((await aws({ ...place, key }, "sts get-caller-identity")).stdout);
  assert.equal(then.Arn, "arn:aws:sts::123456789012:assumed-role/admin/test");
});

const refused: readonly (readonly [string, StandinKey, RegExp])[] = [
  ["a wrong secret", { ...USER_KEY, secretAccessKey: "wrong" }, /InvalidSignatureException/],
  ["an unknown key", { ...USER_KEY, accessKeyId: "AKIAUNKNOWN" }, /UnrecognizedClientException/],
  ["a wrong session token", { ...SESSION_KEY, sessionToken: "wrong" }, /UnrecognizedClientException/],
  ["a session without its token", { ...USER_KEY, ...SESSION_KEY, sessionToken: "" }, /UnrecognizedClientException/],
  ["an expired session", EXPIRED_KEY, /ExpiredTokenException/],
];

for (const [what, key, code] of refused) {
  test(`refuses ${what}`, async (place) => {
    const { status, stderr } = await aws({ ...place, key }, "eks describe-cluster --name dev-cluster");
    assert.notEqual(status, 0);
    assert.match(stderr, code);
    assert.equal(place.standin.calls.at(-1)?.principal, "anonymous");
  });
}

test("a cluster that does not exist", async (place) => {
  const { stderr } = await aws(place, "eks describe-cluster --name nope");
  assert.match(stderr, /ResourceNotFoundException.*No cluster found for name: nope\./s);
});

test("a clock that is an hour off is refused", async ({ home }) => {
  await using standin = await startStandin({ skewMs: 3_600_000, noDate: true });
  const { stderr } = await aws({ standin, home }, "sts get-caller-identity");
  assert.match(stderr, /SignatureDoesNotMatch.*Signature expired/s);
});
