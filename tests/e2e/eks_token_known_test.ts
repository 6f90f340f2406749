import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyOfToken } from "../support/kube_api/token_facts.ts";

const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--identity=Dev"];
/** Nothing is kept there, so AWS would have to be asked. */
const UNKNOWN = [7, ""];
const NO_NETWORK = { ...NOBODY, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };

async function asked(): Promise<
  { readonly world: LoginWorld; readonly line: readonly string[]; readonly key: string }
> {
  const world = await loginWorld();
  equal((await world.run(["auth", "login"])).status, 0);
  await settle();
  const line = [...TOKEN, "--config", world.home.at("repo/atmos.yaml")];
  const first = await world.run(line, NO_NETWORK);
  equal(first.status, 0, first.stderr);
  equal(known(world).length, 1);
  return { world, line, key: keyOfToken(first.stdout) };
}

/** What was written in the second that is running is not kept yet. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}

function known({ home }: LoginWorld): readonly string[] {
  return home.files().filter((path) => /^\.cache\/atmos\/places\/[0-9a-f]{64}\.json$/.test(path));
}

Deno.test("token: what an earlier run knows of an entry's identity is private and no secret", async () => {
  const { world, line, key } = await asked();
  await using _ = world;
  const [path] = known(world);
  equal(Deno.statSync(world.home.at(path!)).mode! & 0o777, 0o600);
  ok(!/secret|token/i.test(world.home.read(path!)!));
  const again = await world.run(line, NO_NETWORK);
  equal(keyOfToken(again.stdout), key);
});

Deno.test("token: a configuration that changed, or got another file, is read again", async () => {
  const { world, line } = await asked();
  await using _ = world;
  const { home } = world;
  const [path] = known(world);
  const before = home.read(path!);
  home.write("repo/atmos.d/more.yaml", "auth: {identities: {more: {kind: aws/ambient}}}\n");
  await settle();
  equal((await world.run(line, NO_NETWORK)).status, 0);
  const after = JSON.parse(home.read(path!)!);
  notEqual(home.read(path!), before);
  ok(home.at("repo/atmos.d/more.yaml") in after.marks);
  home.write("repo/atmos.yaml", home.read("repo/atmos.yaml")!.replace("realm: test", "realm: other"));
  const run = await world.run(line, NO_NETWORK);
  deepEqual([run.status, run.stdout], UNKNOWN);
});

Deno.test("token: a configuration written over in place, with the size and time of the former one, is read again", async () => {
  const { world, line } = await asked();
  await using _ = world;
  const path = world.home.at("repo/atmos.yaml");
  const { mtime } = Deno.statSync(path);
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("name: Admin", "name: Audit"));
  Deno.utimeSync(path, mtime!, mtime!);
  const run = await world.run(line, NO_NETWORK);
  deepEqual([run.status, run.stdout], UNKNOWN);
});

Deno.test("token: a configuration that changes while AWS answers is read again by the next run", async () => {
  await using world = await loginWorld({ faults: { GetRoleCredentials: [{}, { delayMs: 1_500 }] } });
  equal((await world.run(["auth", "login"])).status, 0);
  const line = [...TOKEN, "--config", world.home.at("repo/atmos.yaml")];
  world.home.write(CREDENTIALS, world.home.read(CREDENTIALS)!.replace(/expiration=\d{4}/, "expiration=2020"));
  const first = world.run(line, NOBODY);
  while (world.aws.count("GetRoleCredentials") < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  world.home.write("repo/atmos.yaml", world.home.read("repo/atmos.yaml")!.replace("name: Admin", "name: ReadOnly"));
  const principalOf = (stdout: string) => world.aws.keys.get(keyOfToken(stdout))!.principal;
  match(principalOf((await first).stdout), /AWSReservedSSO_Admin\//);
  const { status, stdout, stderr } = await world.run(line, NOBODY);
  equal(status, 0, stderr);
  match(principalOf(stdout), /AWSReservedSSO_ReadOnly\//);
});

Deno.test("token: another realm, identity or place of the files is another question", async () => {
  const { world, line } = await asked();
  await using _ = world;
  const other = await world.run(line, { ...NO_NETWORK, ATMOS_AUTH_REALM: "other" });
  deepEqual([other.status, other.stdout], UNKNOWN);
  const elsewhere = await world.run(line, { ...NO_NETWORK, XDG_CONFIG_HOME: world.home.at("elsewhere") });
  deepEqual([elsewhere.status, elsewhere.stdout], UNKNOWN);
  const renamed = known(world)[0]!;
  const text = world.home.read(renamed)!;
  world.home.write(renamed, text.replace(/"for":"[^"]*"/, `"for":"${"0".repeat(64)}"`));
  equal((await world.run(line, NO_NETWORK)).status, 0);
  equal(world.home.read(renamed), text);
});

Deno.test("token: what a login by another profile has left is not used", async () => {
  const { world, line, key } = await asked();
  await using _ = world;
  const other = "{kind: aws/permission-set, via: {provider: sso}, principal: {name: ReadOnly, account: 123456789012}}";
  world.home.write("repo/profiles/other/atmos.yaml", `auth: {identities: {Dev: ${other}}}\n`);
  equal((await world.run(["auth", "login"], { ...NOBODY, ATMOS_PROFILE: "other" })).status, 0);
  const { status, stdout, stderr } = await world.run(line, NOBODY);
  equal(status, 0, stderr);
  // Those of the other profile have a place of their own.
  equal(keyOfToken(stdout), key);
  match(world.aws.keys.get(keyOfToken(stdout))!.principal, /AWSReservedSSO_Admin\//);
});

Deno.test("token: a configuration that imports what a directory or pattern has is read each time", async () => {
  const { world, line } = await asked();
  await using _ = world;
  const { home } = world;
  const config = home.read("repo/atmos.yaml")!;
  home.write("repo/parts/deep/empty.yaml", "{}\n");
  for (
    const [imports, isKnown] of [
      ["import: [parts/deep/empty.yaml]", true],
      ["import:\n  - parts/deep/empty.yaml # one\n  - parts/**/*.yaml", false],
      ['import: ["parts/deep"]', false],
      ["import: parts/deep/empty.yaml", true],
      ["import:\n- parts/*/*\n", false],
      ["import:\n\n- parts/**/*.yaml\n", false],
      ["import:\n- parts/deep/empty.yaml\n\n# and\n- parts/**/*.yaml\n", false],
      ['"import": [parts/**/*.yaml]', false],
      ["import:\n- parts/deep/empty.yaml\n\n", true],
    ] as const
  ) {
    for (const path of known(world)) Deno.removeSync(home.at(path));
    home.write("repo/atmos.yaml", `${imports}\n${config}`);
    await settle();
    equal((await world.run(line, NO_NETWORK)).status, 0, imports);
    equal(known(world).length, isKnown ? 1 : 0, imports);
  }
});

Deno.test("token: after a logout nothing that is known helps", async () => {
  const { world, line } = await asked();
  await using _ = world;
  await world.run(["auth", "logout", "--all"]);
  equal(world.home.read(CREDENTIALS), undefined);
  const run = await world.run(line, NO_NETWORK);
  deepEqual([run.status, run.stdout], [4, ""]);
  match(run.stderr, /atmos auth login Dev/);
});

Deno.test("token: a configuration that asks the world for values, and --no-cache, are read each time", async () => {
  const { world, line } = await asked();
  await using _ = world;
  Deno.removeSync(world.home.at(known(world)[0]!));
  equal((await world.run([...line, "--no-cache"], NO_NETWORK)).status, 0);
  const text = world.home.read("repo/atmos.yaml")!;
  world.home.write("repo/atmos.yaml", text.replace("realm: test", "realm: !env REALM"));
  equal((await world.run(line, { ...NO_NETWORK, REALM: "test" })).status, 0);
  deepEqual(known(world), []);
});
