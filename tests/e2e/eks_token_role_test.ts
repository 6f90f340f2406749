import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { SESSION_KEY } from "../support/standin/keys.ts";
import { type EksWorld, runEks } from "../support/runs/eks_run.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";

const ROLE = "arn:aws:iam::123456789012:role/kube";
const PLAIN = ["aws", "eks", "token", "--cluster-name", "dev-cluster"];
const TOKEN = [...PLAIN, "--region", "us-east-2", "--role-arn", ROLE];

function kept(home: TempHome): readonly string[] {
  return home.files().filter((path) => /^\.cache\/atmos\/sessions\/[0-9a-f]{64}\.json$/.test(path));
}

interface Instead {
  readonly role?: string;
  readonly region?: string;
}

async function tokenKey(
  world: EksWorld & Instead,
  more: readonly string[] = [],
): Promise<string> {
  const { role = ROLE, region = "us-east-2" } = world;
  const run = await runEks(world, [...PLAIN, "--region", region, "--role-arn", role, ...more]);
  deepEqual([run.status, run.stderr], [0, ""]);
  return keyOfToken(run.stdout);
}

Deno.test("token --role-arn: one call, then the kept session, for its owner's eyes alone", async () => {
  await using aws = await startStandin({ expects: ["AssumeRole"] });
  using home = tempHome();
  const first = await tokenKey({ home, aws });
  const [file] = kept(home);
  equal(Deno.statSync(home.at(file!)).mode! & 0o777, 0o600);
  equal(Deno.statSync(home.at(".cache/atmos/sessions")).mode! & 0o777, 0o700);
  equal(await tokenKey({ home, aws }), first);
  aws.assertDone();
});

Deno.test("token --role-arn: whoever differs in anything gets a session of their own", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const keys = [
    await tokenKey({ home, aws }),
    await tokenKey({ home, aws, key: SESSION_KEY }),
    await tokenKey({ home, aws }, ["--external-id", "x-1"]),
    await tokenKey({ home, aws }, ["--role-session-name", "me"]),
    await tokenKey({ home, aws, role: `${ROLE}2` }),
    await tokenKey({ home, aws, region: "us-west-2" }),
  ];
  equal(new Set(keys).size, 6);
  equal(aws.count("AssumeRole"), 6);
  deepEqual([aws.calls[2]!.parameters["ExternalId"], aws.calls[3]!.parameters["RoleSessionName"]], ["x-1", "me"]);
  equal(await tokenKey({ home, aws, key: SESSION_KEY }), keys[1]);
});

Deno.test("token --role-arn: 20 at once ask once", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const keys = await Promise.all(Array.from({ length: 20 }, () => tokenKey({ home, aws })));
  deepEqual([new Set(keys).size, aws.count("AssumeRole")], [1, 1]);
});

/** Breaks the kept session; the next run has to ask again, and says so where others may have a hand in it. */
async function asksAgain(spoil: (home: TempHome, path: string) => void): Promise<string> {
  await using aws: Standin = await startStandin();
  using home = tempHome();
  const first = await tokenKey({ home, aws });
  spoil(home, kept(home)[0]!);
  const run = await runEks({ home, aws }, TOKEN);
  equal(run.status, 0, run.stderr);
  notEqual(keyOfToken(run.stdout), first);
  equal(await tokenKey({ home, aws }), keyOfToken(run.stdout));
  return run.stderr;
}

Deno.test("token --role-arn: a kept session that others may have read, or that is none, is not used and made anew", async () => {
  const open = await asksAgain((home, path) => Deno.chmodSync(home.at(path), 0o640));
  match(open, /^Warning: ".*\.json" is not used: other users may read it\n$/);
  const big = await asksAgain((home, path) => home.write(path, home.read(path)! + " ".repeat(20_000)));
  match(big, /is not used: it is too big\n$/);
  for (const text of ["", "{", "null", "[]", "{}"]) equal(await asksAgain((home, path) => home.write(path, text)), "");
  const renamed = (home: TempHome, path: string) =>
    home.write(path, JSON.stringify({ ...JSON.parse(home.read(path)!), for: "0".repeat(64) }));
  equal(await asksAgain(renamed), "");
  const ended = (home: TempHome, path: string) =>
    home.write(path, JSON.stringify({ ...JSON.parse(home.read(path)!), expiration: new Date().toISOString() }));
  equal(await asksAgain(ended), "");
});

Deno.test("token --role-arn: a link is not followed", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  const first = await tokenKey({ home, aws });
  const path = home.at(kept(home)[0]!);
  Deno.renameSync(path, home.at("elsewhere.json"));
  Deno.symlinkSync(home.at("elsewhere.json"), path);
  const run = await runEks({ home, aws }, TOKEN);
  match(run.stderr, /it is not a regular file/);
  notEqual(keyOfToken(run.stdout), first);
});

Deno.test("token --role-arn: --no-cache and a cache that cannot be written ask each time, silently", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  await tokenKey({ home, aws }, ["--no-cache"]);
  deepEqual(home.files(), []);
  home.write("blocked", "no directory");
  await tokenKey({ home, aws, env: { XDG_CACHE_HOME: home.at("blocked") } });
  await tokenKey({ home, aws, env: { HOME: "" } });
  equal(aws.count("AssumeRole"), 3);
  deepEqual(home.files(), ["blocked"]);
});

Deno.test("token --role-arn: no more than 64 sessions are kept, the newest", async () => {
  await using aws = await startStandin();
  using home = tempHome();
  for (let at = 0; at < 70; at++) home.write(`.cache/atmos/sessions/${String(at).padStart(64, "0")}.json`, "{}");
  await tokenKey({ home, aws });
  equal(kept(home).length, 64);
  equal(await tokenKey({ home, aws }), await tokenKey({ home, aws }));
  equal(aws.count("AssumeRole"), 1);
});

Deno.test("token: what only makes sense with a role, and what is no role", async () => {
  using home = tempHome();
  const refused = async (args: readonly string[]) => (await runEks({ home }, args)).stderr;
  match(
    await refused([...TOKEN.slice(0, 7), "--external-id", "x"]),
    /^Error: Cannot use --external-id .*no role was given/,
  );
  const east = [...PLAIN, "--region", "us-east-2"];
  match(await refused([...east, "--external-id", "x"]), /^Error: Cannot use --external-id .*no role was given/);
  match(await refused([...east, "--role-arn", "kube"]), /^Error: Cannot use role "kube": it is not the ARN/);
  const china = [...PLAIN, "--region", "cn-north-1", "--role-arn", ROLE];
  match(await refused(china), /the role is in partition aws, region cn-north-1 /);
});
