import { deepEqual, equal, match } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
`;
const SSO = { accounts: [{ id: "123456789012", name: "dev", email: "dev@example.com", roles: ["Admin"] }] };
const UNTRUSTED = { ...NOBODY, ATMOS_TRUST: "0" };

/** Logged in from a repository, beside a clone that says the same. */
async function twoTrees(): Promise<LoginWorld> {
  const world = await loginWorld({ config: CONFIG, sso: SSO });
  equal((await world.run(["auth", "login"])).status, 0);
  world.home.write("clone/atmos.yaml", CONFIG);
  return world;
}

const docker = ({ home }: LoginWorld) => home.read(".docker/config.json") ?? "";

Deno.test("aws ecr logout: docker's login of another configuration stays, unless the registry itself is named", async () => {
  await using world = await twoTrees();
  const inClone = (args: readonly string[]) =>
    runAtmos(["aws", "ecr", "logout", ...args], { env: world.env(NOBODY), cwd: world.home.at("clone") });
  for (const args of [[], ["dev/ecr"], ["--all"], ["--all", "--dry-run"]]) {
    const { status, stderr } = await inClone(args);
    equal(status, 0, stderr);
    match(stderr, new RegExp(`^Kept: docker's login at ${HOST}: it was made with \\S+/repo$`, "m"));
    match(stderr, new RegExp(`^Hint: .*atmos aws ecr logout --registry ${HOST}$`, "m"));
    equal(docker(world).includes(HOST), true, args.join(" "));
  }
  equal((await world.run(["aws", "ecr", "logout", "dev/ecr"], NOBODY)).status, 0);
  equal(docker(world).includes(HOST), false);
  equal((await world.run(["aws", "ecr", "login", "dev/ecr"], NOBODY)).status, 0);
  equal((await inClone(["--registry", HOST])).status, 0);
  equal(docker(world).includes(HOST), false);
});

Deno.test("auth status: what a realm that is not trusted holds is marked, as text and as data", async () => {
  await using world = await twoTrees();
  const status = (args: readonly string[], env: Record<string, string>) =>
    runAtmos(["auth", "status", ...args], { env: world.env(env), cwd: world.home.at("clone") });
  const mark = /^Warning: \S+\/clone\/atmos\.yaml:2:10: auth\.realm: it shares .*: needs your trust/m;
  match((await status([], UNTRUSTED)).stderr, mark);
  const { stdout } = await status(["--output", "json"], UNTRUSTED);
  equal(JSON.parse(stdout).untrusted, true);
  const trusted = await status(["--output", "json"], NOBODY);
  deepEqual([trusted.stderr, JSON.parse(trusted.stdout).untrusted], ["", undefined]);
});

Deno.test("docker-credential: what an integration fetches from beyond the repository needs trust, too", async () => {
  await using world = await twoTrees();
  const text = CONFIG.replace("  realm: test\n", "").replace(
    "via: {identity: dev}, spec",
    "via: {identity: !env WHO}, spec",
  );
  world.home.write("clone/atmos.yaml", text);
  const options = { env: world.env({ ...UNTRUSTED, WHO: "dev" }), cwd: world.home.at("clone"), stdin: HOST };
  const { status, stdout } = await runAtmos(["docker-credential", "get"], options);
  equal(status, 1);
  match(stdout, /via\.identity !env WHO: it reaches beyond this configuration, and you have not trusted it/);
});
