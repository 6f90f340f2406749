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
  deepEqual(rows.map(([name]) => name), ["Dev *", "ci", "deploy", "from-runner", "runner", "typo"]);
  const [dev, ci, deploy, , runner, typo] = rows;
  deepEqual(dev!.slice(0, 3), ["Dev *", "123456789012", "Admin"]);
  match(dev![3]!, /^valid for (?:59m|1h 0m)$/);
  match(dev![5]!, /^\d+h \d+m$|^\d+m$/);
  deepEqual(deploy!.slice(0, 3), ["deploy", "123456789012", "deployer"]);
  deepEqual(ci!.slice(3), ["not logged in", "-", "-"]);
  equal(runner![3], "environment");
  equal(typo![3], "unusable");
  const json = JSON.parse((await world.run([...ALL, "--output", "json"], NOBODY)).stdout);
  const utc = new Date(json.find(({ identity }: { identity: string }) => identity === "Dev").expiration);
  const tokyo = new Date(utc.getTime() + 9 * 3_600_000).toISOString().replace("T", " ").slice(0, 16);
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  equal(dev![4], tokyo.replace(`${today} `, ""));
  equal(world.aws.count("GetCallerIdentity"), 0, "AWS is not asked");
});

Deno.test("auth status --all: the mark is at the identity that commands take, also by a variable and a flag", async () => {
  await using world = await loggedIn();
  const marked = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    rowsOf((await world.run([...ALL, ...args], { ...NOBODY, ...env })).stdout)
      .map(([name = ""]) => name).filter((name) => name.endsWith(" *"));
  deepEqual(await marked([]), ["Dev *"]);
  deepEqual(await marked([], { ATMOS_IDENTITY: "DEPLOY" }), ["deploy *"]);
  deepEqual(await marked(["--identity", "ci"], { ATMOS_IDENTITY: "deploy" }), ["ci *"]);
  deepEqual(await marked(["--identity=false"]), []);
});

Deno.test("auth status --all: as data, with the same keys as one identity's", async () => {
  await using world = await loggedIn();
  const one = JSON.parse((await world.run(["auth", "status", "Dev", "--output", "json"], NOBODY)).stdout);
  const all = JSON.parse((await world.run([...ALL, "--output", "json"], NOBODY)).stdout);
  const same = all.find(({ identity }: { identity: string }) => identity === "Dev");
  deepEqual(Object.keys(one).filter((key) => !(key in same)), []);
  deepEqual([same.account, same.role, same.current], ["123456789012", "Admin", true]);
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
  match(stdout, /\nDev \*.*not trusted/);
});

Deno.test("auth status: without a name all are shown, and the exit status is that of the one that is taken", async () => {
  await using world = await loginWorld();
  const table = async (args: readonly string[], env = {}) =>
    await world.run(["auth", "status", ...args], { ...NOBODY, ...env });
  const before = await table([]);
  deepEqual([before.status, before.stderr], [4, "Hint: atmos auth login Dev\n"]);
  equal(rowsOf(before.stdout).length, 6);
  equal((await world.run(["auth", "login", "deploy"])).status, 0);
  // Dev was not logged in by that, and is the default.
  equal((await table([])).status, 4);
  equal((await table(["--all"])).status, 0);
  equal((await world.run(["auth", "use", "deploy"], NOBODY)).status, 0);
  const used = await table([]);
  equal(used.status, 0);
  match(used.stdout, /\ndeploy \* /);
  equal((await table([], { ATMOS_IDENTITY: "Dev" })).stdout, "Dev: not logged in\n");
  equal((await table(["Dev"])).status, 4);
});

Deno.test("auth status: the table of usual identities fits 80 columns", async () => {
  await using world = await loggedIn();
  const { stdout } = await world.run(["auth", "status"], NOBODY);
  for (const line of stdout.split("\n")) equal(line.length <= 80, true, line);
});
