import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";
import { CONFIG, CREDENTIALS, loginWorld, NOBODY, ROLE } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--alias", "dev"];
const ONLY = CONFIG.replace("      default: true\n", "").replace(/^ {4}deploy:[^]*$/m, "");

for (const [which, config] of [["default", CONFIG], ["only", ONLY]] as const) {
  Deno.test(`a cluster by its name after a login: as the ${which} identity, in every form`, async () => {
    await using world = await loginWorld({ config, clusters: [cluster("dev-cluster")] });
    const early = await world.run(UPDATE, NOBODY);
    equal(early.status, 4, early.stderr);
    match(
      early.stderr,
      /credentials: identity "Dev" \(the (?:default|only one) of atmos\.yaml\), account 123456789012$/m,
    );
    equal((await world.run(["auth", "login"])).status, 0);
    for (const form of ["--dry-run", "--diff"]) {
      const before = world.home.files();
      const { status, stdout, stderr } = await world.run([...UPDATE, form], NOBODY);
      equal(status, 0, stderr);
      match(stdout, /cluster\/dev-cluster/);
      deepEqual(world.home.files(), before);
    }
    const { status, stderr } = await world.run(UPDATE, NOBODY);
    deepEqual([status, stderr.startsWith("Added new context dev to ")], [0, true], stderr);
    const principals = new Set(
      world.aws.calls.filter(({ action }) => action === "DescribeCluster")
        .map(({ principal }) => principal.replace(/.*SSO_(\w+)\/.*/, "$1")),
    );
    deepEqual([...principals], ["Admin"]);
  });
}

Deno.test("a cluster by its name: its entry is the identity's anywhere, chosen or named, with either plugin", async () => {
  await using world = await loginWorld({ clusters: [cluster("dev-cluster")] });
  equal((await world.run(["auth", "login"])).status, 0);
  for (const named of [[], ["--identity", "dev"]]) {
    equal((await world.run([...UPDATE, ...named], NOBODY)).status, 0);
    match(world.home.read(KUBECONFIG)!, /command: aws\n(?:.*\n)*\s+- name: AWS_PROFILE\n\s+value: dev\n/);
    equal((await world.run([...UPDATE, ...named, "--exec-command", "atmos"], NOBODY)).status, 0);
    const text = world.home.read(KUBECONFIG)!;
    match(text, /--identity=Dev\n/);
    const [, config] = /(--config=\S+)/.exec(text)!;
    // As kubectl starts it, in another directory and with another user's keys.
    const env = world.env({ ...NOBODY, ...keyEnv(USER_KEY) });
    const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"];
    const { stdout } = await runAtmos([...token, "--identity=Dev", config!], { env, cwd: "/" });
    equal(keyOfToken(stdout), /aws_access_key_id = (\S+)/.exec(world.home.read(CREDENTIALS)!)![1]);
    Deno.removeSync(world.home.at(KUBECONFIG));
  }
});

Deno.test("a cluster by its name: --assume-role-arn is assumed by the identity, once", async () => {
  await using world = await loginWorld({ clusters: [cluster("dev-cluster")] });
  equal((await world.run(["auth", "login"])).status, 0);
  for (const named of [[], ["-i", "Dev"]]) {
    const { status, stderr } = await world.run([...UPDATE, "--dry-run", "--assume-role-arn", ROLE, ...named], NOBODY);
    equal(status, 0, stderr);
  }
  const [assumed, described] = world.aws.calls.slice(-2);
  deepEqual([assumed!.action, /SSO_Admin/.test(assumed!.principal)], ["AssumeRole", true]);
  match(described!.principal, /assumed-role\/deployer\/EKSDescribeClusterSession/);
});

Deno.test("a cluster by its name: an identity that is broken, or an atmos.yaml that cannot be read, is no other's credentials", async () => {
  await using world = await loginWorld({ clusters: [cluster("dev-cluster")] });
  const { accessKeyId, secretAccessKey } = USER_KEY;
  const keys = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  world.home.write(".aws/credentials", keys);
  const broken = [CONFIG.replace("name: Admin", "nmae: Admin"), "auth: {identities: [", "auth: {identities: [dev]}"];
  for (const text of broken) {
    world.home.write("repo/atmos.yaml", text);
    for (const form of [[], ["--dry-run"], ["--diff"]]) {
      const { status, stderr } = await world.run([...UPDATE, ...form], NOBODY);
      equal(status, 3, stderr);
      match(stderr, /atmos\.yaml:\d+:\d+/);
    }
    const { status, stderr } = await world.run([...UPDATE, "--dry-run"], { ...NOBODY, ...keyEnv(USER_KEY) });
    equal(status, 0, stderr);
  }
  deepEqual(new Set(world.aws.calls.map(({ action }) => action)), new Set(["DescribeCluster"]));
  equal(world.aws.count("DescribeCluster"), broken.length);
});

Deno.test("a cluster that is not there: the error says whose account was asked, as whom and by which credentials", async () => {
  await using world = await loginWorld({ clusters: [] });
  equal((await world.run(["auth", "login"])).status, 0);
  const asked = async (env: Record<string, string>, args: readonly string[] = []) => {
    const { status, stderr } = await world.run([...UPDATE, ...args], { ...NOBODY, ...env });
    equal(status, 5, stderr);
    return stderr.split("\n")[0]!;
  };
  match(
    await asked({}),
    /: there is no such cluster in us-east-2; credentials: identity "Dev" \(the default of atmos\.yaml\), account 123456789012, arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin\/\S+$/,
  );
  match(
    await asked(keyEnv(USER_KEY)),
    /; credentials: access key AKIA\w+ \(AWS_ACCESS_KEY_ID\), account 123456789012, arn:aws:iam::123456789012:user\/dev$/,
  );
  match(await asked({ ATMOS_IDENTITY: "Dev" }), /; credentials: identity "Dev" \(ATMOS_IDENTITY\), account/);
  match(await asked({}, ["-i", "dev"]), /; credentials: identity "dev" \(--identity\), account/);
});

Deno.test("a cluster by its name without --region: ATMOS_AWS_REGION says where, before AWS's own variables", async () => {
  await using world = await loginWorld({ clusters: [cluster("dev-cluster")] });
  equal((await world.run(["auth", "login"])).status, 0);
  const words = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--dry-run"];
  const as = { identity: {}, environment: { ...keyEnv(USER_KEY), ATMOS_IDENTITY: "false" } };
  for (const [whose, env] of Object.entries(as)) {
    const own = { ...NOBODY, ...env, AWS_REGION: "eu-west-1" };
    const { status, stdout, stderr } = await world.run(words, { ...own, ATMOS_AWS_REGION: "us-east-2" });
    equal(status, 0, `${whose}: ${stderr}`);
    match(stdout, /arn:aws:eks:us-east-2:123456789012:cluster\/dev-cluster/);
    const elsewhere = await world.run(words, { ...own, ATMOS_AWS_REGION: "" });
    equal(elsewhere.stdout.includes("us-east-2"), false, whose);
    const bad = await world.run(words, { ...own, ATMOS_AWS_REGION: "over there" });
    equal(bad.status, 2, whose);
    match(bad.stderr, /^Error: Cannot use ATMOS_AWS_REGION "over there": it is not the name of an AWS region$/m);
  }
});

Deno.test("several identities, none the default, and nothing of AWS: the hint names them", async () => {
  const config = CONFIG.replace("      default: true\n", "");
  await using world = await loginWorld({ config, clusters: [cluster("dev-cluster")] });
  const registry = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
  for (const words of [UPDATE, [...UPDATE, "--dry-run"], ["aws", "ecr", "login", "--registry", registry]]) {
    const { status, stderr } = await world.run(words, NOBODY);
    equal(status, 4, stderr);
    match(
      stderr,
      /^Hint: Or specify an identity of atmos\.yaml .*: --identity NAME \(Dev, ci, deploy, from-runner, runner\)$/m,
    );
  }
});
