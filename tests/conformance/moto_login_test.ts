import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { MOTO_ACCOUNT } from "../support/moto/moto_server.ts";
import { motoTest, OTHER_ACCOUNT } from "../support/runs/moto_run.ts";

const REGISTRY = `${MOTO_ACCOUNT}.dkr.ecr.us-east-2.amazonaws.com`;
const WHO = ["sts", "get-caller-identity", "--region", "us-east-2", "--output", "json"];
const DOCKER = ".docker/config.json";

motoTest("whoami: what aws says of the same credentials", async ({ run, judge }) => {
  const { status, stdout, stderr } = await run("auth", "whoami", "main", "-o", "json");
  equal(status, 0, stderr);
  const found = JSON.parse(stdout);
  if (hasProgram("aws", "moto: whoami: aws")) {
    const { Account, Arn, UserId } = JSON.parse(await judge("aws", ...WHO));
    deepEqual([found.account, found.principal, found.user_id], [Account, Arn, UserId]);
  }
  const other = JSON.parse((await run("auth", "whoami", "other", "-o", "json")).stdout);
  equal(other.account, OTHER_ACCOUNT);
  match(other.principal, new RegExp(`^arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/admin/`));
});

motoTest(
  "login: a role's credentials are in the files that aws reads, and its cluster in the kubeconfig",
  async (world) => {
    const { status, stderr } = await world.run("auth", "login", "other", "--strict");
    equal(status, 0, stderr);
    match(world.home.read(".config/atmos/kube/config")!, new RegExp(`name: prod-${OTHER_ACCOUNT}`));
    if (!hasProgram("aws", "moto: login: aws")) return;
    const args = ["auth", "exec", "-i", "other", "--", "aws", "sts", "get-caller-identity", "--query", "Account"];
    const exec = await world.run(...args);
    deepEqual([exec.status, exec.stdout.trim()], [0, `"${OTHER_ACCOUNT}"`], exec.stderr);
  },
);

motoTest(
  "ecr login: the password that aws gets, for a registry, an integration, and as docker's helper",
  async (world) => {
    const auths = () =>
      JSON.parse(world.home.read(DOCKER)!).auths as Readonly<Record<string, { readonly auth: string }>>;
    const expected = async () => {
      if (!hasProgram("aws", "moto: ecr login: aws")) return "auth-token";
      return (await world.judge("aws", "ecr", "get-login-password", "--region", "us-east-2")).trim();
    };
    for (const target of [["--registry", REGISTRY], ["images"]]) {
      const { status, stderr } = await world.run("aws", "ecr", "login", ...target);
      equal(status, 0, stderr);
      deepEqual(Object.keys(auths()), [REGISTRY]);
      const [user, password] = atob(auths()[REGISTRY]!.auth).split(":");
      deepEqual([user, password], ["AWS", await expected()], target.join(" "));
      equal((await world.run("aws", "ecr", "logout", ...target)).status, 0);
    }
    const configured = await world.run("aws", "ecr", "configure", "--bin-dir", world.home.at("bin"), "images");
    equal(configured.status, 0, configured.stderr);
    const helper = JSON.parse(world.home.read(DOCKER)!).credHelpers;
    deepEqual(helper, { [REGISTRY]: "atmos" });
    const asked = { env: world.env, cwd: world.home.at("repo"), stdin: REGISTRY };
    const { stdout, stderr } = await runAtmos(["docker-credential", "get"], asked);
    deepEqual(JSON.parse(stdout), { ServerURL: REGISTRY, Username: "AWS", Secret: await expected() }, stderr);
  },
);
