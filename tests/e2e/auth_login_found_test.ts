import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";

const FOUND = ".cache/atmos/auth/sso/provisioned-identities.yaml";
const CONFIG = `auth:
  realm: test
  providers:
    sso:
      kind: aws/iam-identity-center
      region: us-east-2
      start_url: ${START_URL}
      auto_provision_identities: true
`;
const ACCOUNTS = [
  { id: "123456789012", name: "dev", email: "dev@example.com", roles: ["Admin", "ReadOnly"] },
  { id: "210987654321", name: "prod", email: "prod@example.com", roles: ["Admin"] },
];

function sawLists(world: LoginWorld): number {
  return world.aws.calls.filter(({ action }) => action === "ListAccounts").length;
}

Deno.test("found identities: a login with the provider finds them, and every command knows them by name", async () => {
  await using world = await loginWorld({ config: CONFIG, sso: { accounts: ACCOUNTS }, pageSize: 1 });
  const before = await world.run(["auth", "exec", "-i", "dev/admin", "--", "true"], NOBODY);
  equal(before.status, 3);
  match(before.stderr, /no identity of that name\nHint: Log in, which finds .*: atmos auth login --provider sso\n$/);
  const login = await world.run(["auth", "login"]);
  equal(login.status, 0);
  match(login.stderr, /\n {2}Found +3 identities in 2 accounts: atmos auth list\n$/);
  equal(Deno.statSync(world.home.at(FOUND)).mode! & 0o777, 0o600);
  match((await world.run(["auth", "list", "--identities=dev/Admin"], NOBODY)).stdout, /dev\/Admin/);
  match((await world.run(["auth", "whoami", "PROD/admin"], NOBODY)).stdout, /210987654321/);
  equal((await world.run(["auth", "exec", "-i", "dev/ReadOnly", "--", "true"], NOBODY)).status, 0);
  match((await world.run(["auth", "env", "dev/ReadOnly"], NOBODY)).stdout, /AWS_PROFILE=dev\/readonly/);
  const clusters = await world.run(["aws", "eks", "list", "-i", "dev/Admin", "--output", "json"], NOBODY);
  deepEqual(JSON.parse(clusters.stdout)[0].account_name, "dev");
  match((await world.run(["complete", "--", "auth", "login", "pro"], NOBODY)).stdout, /prod\/Admin/);
  // Two pages, and no command but the login asks.
  equal(sawLists(world), 2);
});

Deno.test("found identities: a login as one that is not found yet finds it first, and refreshes what is known", async () => {
  const config = `${CONFIG}  identities:\n    prod/admin: {default: true, tags: [p]}\n`;
  await using world = await loginWorld({ config, sso: { accounts: ACCOUNTS } });
  equal((await world.run(["auth", "validate"], NOBODY)).status, 0);
  equal((await world.run(["auth", "whoami"], NOBODY)).status, 3);
  const login = await world.run(["auth", "login"]);
  equal(login.status, 0);
  match(login.stderr, /Logged in as prod\/admin\n/);
  match((await world.run(["auth", "whoami"], NOBODY)).stdout, /210987654321/);
  // New credentials look again, stored ones do not.
  world.home.write(FOUND, world.home.read(FOUND)!.replaceAll("ReadOnly", "Old"));
  const lists = sawLists(world);
  equal((await world.run(["auth", "login"], NOBODY)).status, 0);
  equal(sawLists(world), lists);
  const forced = await world.run(["auth", "login", "--force"], NOBODY);
  match(forced.stderr, /\nFound 1 identity: dev\/ReadOnly\n/);
  doesNotMatch(world.home.read(FOUND)!, /Old/);
});

Deno.test("found identities: a logout of the provider takes them along, one of an identity does not", async () => {
  await using world = await loginWorld({ config: CONFIG, sso: { accounts: ACCOUNTS } });
  await world.run(["auth", "login", "dev/Admin"]);
  equal((await world.run(["auth", "logout", "dev/Admin"], NOBODY)).status, 0);
  equal(world.home.read(FOUND) === undefined, false);
  match((await world.run(["auth", "logout", "--provider", "sso", "--dry-run"], NOBODY)).stderr, /identities that were/);
  equal((await world.run(["auth", "logout", "--provider", "sso"], NOBODY)).status, 0);
  equal(world.home.read(FOUND), undefined);
});

Deno.test("found identities: an account that AWS does not list now keeps what was found", async () => {
  const error = { status: 403, code: "ForbiddenException", message: "No access" };
  await using world = await loginWorld({ config: CONFIG, sso: { accounts: ACCOUNTS } });
  await world.run(["auth", "login", "dev/Admin"]);
  equal(sawLists(world), 1);
  world.aws.fail("ListAccountRoles", { error });
  const forced = await world.run(["auth", "login", "dev/Admin", "--force"], NOBODY);
  equal(forced.status, 0);
  match(forced.stderr, /Warning: .*list your permission sets in account/);
  match(world.home.read(FOUND)!, /dev\/Admin[^]*prod\/Admin/);
});
