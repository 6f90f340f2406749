import { deepEqual, equal, match } from "node:assert/strict";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const ALL = ["auth", "status", "--all"];
const BROKEN = `${CONFIG}    typo: {kind: aws/permission-set, via: {provider: nowhere}}\n`;

function rowsOf(stdout: string): readonly (readonly string[])[] {
  return stdout.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
}

async function loggedIn(): Promise<LoginWorld> {
  const world = await loginWorld({ config: BROKEN });
  for (const name of ["Dev", "deploy"]) equal((await world.run(["auth", "login", name])).status, 0);
  return world;
}

Deno.test("auth status --all: state, account, role, local time and the session of each identity", async () => {
  await using world = await loggedIn();
  const { status, stdout } = await world.run(ALL, { ...NOBODY, TZ: "Asia/Tokyo" });
  equal(status, 0);
  const [titles, ...rows] = rowsOf(stdout);
  deepEqual(titles, ["IDENTITY", "ACCOUNT", "ROLE", "STATE", "UNTIL", "SSO SESSION"]);
  deepEqual(rows.map(([name]) => name), ["Dev", "ci", "deploy", "from-runner", "runner", "typo"]);
  const [dev, ci, deploy, , runner, typo] = rows;
  deepEqual(dev!.slice(0, 3), ["Dev", "123456789012", "Admin"]);
  match(dev![3]!, /^valid for (?:59m|1h 0m)$/);
  match(dev![5]!, /^\d+h \d+m$|^\d+m$/);
  deepEqual(deploy!.slice(0, 3), ["deploy", "123456789012", "deployer"]);
  deepEqual(ci!.slice(3), ["not logged in", "-", "-"]);
  match(runner![3]!, /environment's own credentials/);
  match(typo![3]!, /^cannot be used: config-invalid/);
  const json = JSON.parse((await world.run([...ALL, "--output", "json"], NOBODY)).stdout);
  const utc = new Date(json.find(({ identity }: { identity: string }) => identity === "Dev").expiration);
  const tokyo = new Date(utc.getTime() + 9 * 3_600_000).toISOString().replace("T", " ").slice(0, 16);
  equal(dev![4], tokyo);
  equal(world.aws.count("GetCallerIdentity"), 0, "AWS is not asked");
});

Deno.test("auth status --all: as data, with the same keys as one identity's", async () => {
  await using world = await loggedIn();
  const one = JSON.parse((await world.run(["auth", "status", "Dev", "--output", "json"], NOBODY)).stdout);
  const all = JSON.parse((await world.run([...ALL, "--output", "json"], NOBODY)).stdout);
  const same = all.find(({ identity }: { identity: string }) => identity === "Dev");
  deepEqual(Object.keys(one).filter((key) => !(key in same)), []);
  deepEqual([same.account, same.role], ["123456789012", "Admin"]);
  deepEqual(all.at(-1), { identity: "typo", valid: false, error: "config-invalid" });
});

Deno.test("auth status --all: exit status 4 when none is logged in, 2 with a name, 2 without any identity", async () => {
  const config = CONFIG.replace(/ {4}runner:.*\n {4}from-runner:.*\n/, "");
  await using world = await loginWorld({ config });
  equal((await world.run(ALL, NOBODY)).status, 4);
  equal((await world.run([...ALL, "Dev"], NOBODY)).status, 2);
  world.home.write("repo/atmos.yaml", "auth: {}\n");
  equal((await world.run(ALL, NOBODY)).status, 2);
});

Deno.test("auth status --all: an identity whose configuration is not trusted is marked", async () => {
  await using world = await loggedIn();
  const { stdout } = await world.run(ALL, { ...NOBODY, ATMOS_TRUST: "0" });
  match(stdout, /\nDev .*not trusted/);
});
