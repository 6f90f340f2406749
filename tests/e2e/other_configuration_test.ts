import { deepEqual, equal, match, notEqual } from "node:assert/strict";
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
    match(stderr, new RegExp(`^Kept: docker's login at ${HOST}: it belongs to identity "dev" of \\S+/repo$`, "m"));
    match(stderr, new RegExp(`^Hint: .*atmos aws ecr logout --registry ${HOST}$`, "m"));
    equal(docker(world).includes(HOST), true, args.join(" "));
  }
  equal((await world.run(["aws", "ecr", "logout", "dev/ecr"], NOBODY)).status, 0);
  equal(docker(world).includes(HOST), false);
  equal((await world.run(["aws", "ecr", "login", "dev/ecr"], NOBODY)).status, 0);
  equal((await inClone(["--registry", HOST])).status, 0);
  equal(docker(world).includes(HOST), false);
});

/** What has not named the registry, run in the clone, leaves docker's login as it was, with one warning. */
const UNNAMED: readonly (readonly string[])[] = [
  ["auth", "login"],
  ["auth", "login", "--strict"],
  ["auth", "exec", "--", "true"],
  ["auth", "env", "--login"],
  ["aws", "ecr", "login"],
  ["aws", "ecr", "login", "--all"],
  ["aws", "ecr", "configure", "--all"],
];

Deno.test("docker's login of another configuration stays, until the registry is named: one warning, and the ways out", async () => {
  await using world = await twoTrees();
  const inClone = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runAtmos(args, { env: world.env({ ...NOBODY, ...env }), cwd: world.home.at("clone") });
  const before = docker(world);
  for (const args of UNNAMED) {
    const { status, stderr } = await inClone(args);
    equal(status, 0, stderr);
    deepEqual(stderr.match(/^Warning: .*$/gm), [
      `Warning: docker's login at ${HOST} stays: it belongs to identity "dev" of ${world.home.at("repo")}`,
    ], args.join(" "));
    const command = args.includes("configure") ? "configure" : "login";
    match(stderr, new RegExp(`^Hint: To replace it: atmos aws ecr ${command} dev/ecr$`, "m"));
    equal(docker(world), before, args.join(" "));
  }
  equal((await inClone(["auth", "logout", "dev"])).status, 0);
  equal(docker(world), before);
  equal((await inClone(["auth", "login", "--no-integrations"], { ATMOS_FORCE_TTY: "1" })).status, 0);
  const named = await inClone(["aws", "ecr", "login", "dev/ecr"]);
  deepEqual([named.status, /Warning/.test(named.stderr)], [0, false]);
  notEqual(docker(world), before);
  match((await world.run(["auth", "exec", "--", "true"], NOBODY)).stderr, /stays: it belongs to .*\/clone$/m);
});

Deno.test("docker's login of the user's own stays, whatever keeps it, until the registry is named", async () => {
  await using world = await loginWorld({ config: CONFIG, sso: SSO });
  const env = { PATH: `${world.home.at("bin")}:/usr/bin:/bin` };
  world.home.write("bin/docker-credential-own", OWN_HELPER.replaceAll("STORE", world.home.at("store")), 0o755);
  const own = { ServerURL: HOST, Username: "AWS", Secret: "mine" };
  for (
    const [config, stored] of [
      [{ auths: { [HOST]: { auth: btoa("AWS:mine") } } }, undefined],
      [{ auths: { [HOST]: {} }, credsStore: "own" }, own],
      [{ auths: { [HOST]: {} }, credHelpers: { [HOST]: "own" } }, own],
    ]
  ) {
    const text = JSON.stringify(config);
    world.home.write(".docker/config.json", text);
    const inHelper = () => world.home.read("store") ?? "";
    const secret = stored === undefined ? "" : JSON.stringify(stored);
    world.home.write("store", secret);
    for (const args of [["auth", "login"], ["aws", "ecr", "login", "--all"]]) {
      const { status, stderr } = await world.run(args, env);
      equal(status, 0, stderr);
      match(
        stderr,
        new RegExp(`^Warning: docker's login at ${HOST} stays: it is not one that atmos has made$`, "m"),
        text,
      );
      deepEqual([docker(world), inHelper()], [text, secret], `${text} ${args.join(" ")}`);
    }
    equal((await world.run(["aws", "ecr", "logout", "dev/ecr"], env)).status, 0);
    deepEqual([docker(world), inHelper()], [text, secret]);
    equal((await world.run(["aws", "ecr", "login", "dev/ecr"], env)).status, 0);
    notEqual(docker(world) + inHelper(), text + secret);
    // Ours is renewed, and goes; one that the user has put in its place stays.
    const again = await world.run(["aws", "ecr", "login"], env);
    deepEqual([again.status, /Warning/.test(again.stderr)], [0, false]);
    if (stored !== undefined) world.home.write("store", secret);
    else world.home.write(".docker/config.json", text);
    match((await world.run(["aws", "ecr", "login"], env)).stderr, /stays: it is not one that atmos has made/);
    equal((await world.run(["aws", "ecr", "logout"], env)).status, 0);
    equal((await world.run(["auth", "logout", "dev"], env)).status, 0);
    equal(stored === undefined ? docker(world) : inHelper(), stored === undefined ? text : secret);
  }
});

/** Keeps one login in a file, as the real ones do in a keychain. */
const OWN_HELPER = `#!/bin/sh
case "$1" in
  store) cat > 'STORE' ;;
  get) if [ -s 'STORE' ]; then cat 'STORE'; else echo "credentials not found in native keychain"; exit 1; fi ;;
  erase) : > 'STORE' ;;
esac
`;

Deno.test("auth status: what a realm that is not trusted holds is marked, as text and as data", async () => {
  await using world = await twoTrees();
  const status = (args: readonly string[], env: Record<string, string>) =>
    runAtmos(["auth", "status", "dev", ...args], { env: world.env(env), cwd: world.home.at("clone") });
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
