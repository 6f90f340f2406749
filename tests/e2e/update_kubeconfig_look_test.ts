import { deepEqual, equal, match } from "node:assert/strict";
import { CREDENTIALS, type LoginWorld, NOBODY, sessionFile } from "../support/runs/login_run.ts";
import { multiCluster } from "../support/config/multi_cluster.ts";

const LOOK = ["aws", "eks", "update-kubeconfig", "dev/eks", "--dry-run"];
const KEPT = CREDENTIALS.replace("/sso/", "/company-sso/");

/** As a login leaves it whose role's credentials have run out, but not its session. */
async function withSession(sso: { readonly tokenSeconds?: number } = {}): Promise<LoginWorld> {
  const world = await multiCluster({ sso: { accounts: ACCOUNTS, ...sso } });
  equal((await world.run(["auth", "login", "--no-integrations"])).status, 0);
  Deno.removeSync(world.home.at(KEPT));
  return world;
}

const ACCOUNTS = [{ id: "123456789012", name: "platform", email: "p@example.com", roles: ["PlatformAdmin"] }];

function contents({ home }: LoginWorld): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(home.files().map((path) => [path, home.read(path)]));
}

Deno.test("a dry run gets a role's credentials with the session that is kept, and keeps nothing", async () => {
  await using world = await withSession();
  const before = contents(world);
  const { status, stdout, stderr } = await world.run(LOOK, NOBODY);
  equal(status, 0, stderr);
  match(stdout, /^apiVersion: v1\nkind: Config\ncurrent-context: dev\nclusters:\n/);
  deepEqual(contents(world), before);
  match((await world.run([...LOOK.slice(0, -1), "--diff"], NOBODY)).stdout, /^--- \/dev\/null\n/);
});

Deno.test("a dry run: a session that AWS has revoked is left where it is, and the login is told", async () => {
  await using world = await withSession();
  world.aws.logins.revoke();
  const before = contents(world);
  const { status, stderr } = await world.run(LOOK);
  equal(status, 4);
  match(stderr, /^Error: .*"platform-admin": it is not logged in\nHint: Log in: atmos auth login platform-admin\n$/);
  deepEqual(contents(world), before);
});

Deno.test("a dry run renews no session, whose new token would be lost", async () => {
  await using world = await withSession({ tokenSeconds: 60 });
  const calls = world.aws.calls.length;
  equal((await world.run(LOOK)).status, 4);
  equal(world.aws.calls.length, calls);
  equal(sessionFile(world.home) === undefined, false);
  equal((await world.run(LOOK.slice(0, -1), NOBODY)).status, 0, "it can still be renewed");
});

Deno.test("a dry run goes on from a role on the way that is kept", async () => {
  const more = `auth:
  identities:
    deploy: {kind: aws/assume-role, via: {identity: platform-admin}, principal: {assume_role: "arn:aws:iam::123456789012:role/deployer"}}
`;
  await using world = await multiCluster({ more });
  equal((await world.run(["auth", "login", "platform-admin", "--no-integrations"])).status, 0);
  const before = contents(world);
  const { status, stderr } = await world.run([...LOOK, "--identity", "deploy"], NOBODY);
  equal(status, 0, stderr);
  equal(world.aws.count("AssumeRole"), 1);
  deepEqual(contents(world), before);
});
