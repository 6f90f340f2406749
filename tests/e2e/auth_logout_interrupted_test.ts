import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";
import { CONFIG, keptIn } from "../support/config/stored_logins.ts";

const SESSION = `${"a".repeat(40)}.json`;
/** Wherever a run that is killed may leave what it was writing. */
const LEFT = [
  `${keptIn("corp").credentials}.atmos-tmp`,
  ".config/atmos/lab/aws/former/credentials.atmos-tmp",
  ".config/atmos/other/aws/corp/credentials.atmos-tmp",
  `.cache/atmos/aws-sso/sessions/${SESSION}.atmos-tmp`,
  ".cache/atmos/aws-webflow/me-lab/refresh.json.atmos-tmp",
  ".cache/atmos/sessions/role.json.atmos-tmp",
  ".local/share/atmos/keyring/atmos_me.atmos-tmp",
  ".docker/config.json.atmos-tmp",
];
/** What is none of them. */
const OTHERS = [".config/other/credentials.atmos-tmp", ".docker/other.json.atmos-tmp"];

for (const selection of [["dev-admin"], ["--provider", "corp"], ["--all"], ["--all-realms"]]) {
  Deno.test(`auth logout ${selection.join(" ")}: what killed runs have left is removed, also where nothing else is`, async () => {
    using home = tempHome();
    home.write("repo/atmos.yaml", CONFIG);
    for (const path of [...LEFT, ...OTHERS]) home.write(path, "secret");
    const options = { env: home.env({ ATMOS_TRUST: "1" }), cwd: home.at("repo") };
    const run = (args: readonly string[] = []) => runAtmos(["auth", "logout", ...selection, ...args], options);
    const dry = await run(["--dry-run"]);
    for (const path of LEFT) {
      match(dry.stderr, new RegExp(`  Would remove: what an interrupted run left in \\S+/${path}`));
    }
    deepEqual(LEFT.map((path) => home.read(path)), LEFT.map(() => "secret"));
    const { status, stderr } = await run();
    equal(status, 0, stderr);
    for (const path of LEFT) match(stderr, new RegExp(`  Removed: what an interrupted run left in \\S+/${path}`));
    deepEqual(LEFT.filter((path) => home.read(path) !== undefined), []);
    deepEqual(OTHERS.map((path) => home.read(path)), OTHERS.map(() => "secret"));
    match((await run()).stderr, /^Nothing to remove: /);
  });
}

Deno.test("aws ecr logout: the passwords that a killed login has left are removed, also where docker has no login", async () => {
  using home = tempHome();
  home.write(".docker/config.json.atmos-tmp", "secret");
  const run = (args: readonly string[] = []) =>
    runAtmos(
      ["aws", "ecr", "logout", "--registry", "123456789012.dkr.ecr.us-east-2.amazonaws.com", ...args],
      { env: home.env({}), cwd: home.at(".") },
    );
  match(
    (await run(["--dry-run"])).stderr,
    /Would remove: what an interrupted run left in \S+\/\.docker\/config\.json\.atmos-tmp\n/,
  );
  equal(home.read(".docker/config.json.atmos-tmp"), "secret");
  match((await run()).stderr, /Removed: what an interrupted run left in \S+\/\.docker\/config\.json\.atmos-tmp\n/);
  equal(home.read(".docker/config.json.atmos-tmp"), undefined);
});

/** Commands that log in where there is need to, as an identity or only with its provider. */
const LOGINS = [
  ["auth", "login", "dev-admin"],
  ["auth", "login", "--provider", "corp"],
  ["auth", "exec", "--identity=dev-admin", "--", "true"],
  ["auth", "shell", "--identity=dev-admin"],
  ["auth", "env", "--identity=dev-admin", "--login"],
  ["auth", "console", "--identity=dev-admin"],
  ["auth", "init", "--yes", "--start-url", "https://corp.awsapps.com/start", "--region", "us-east-1"],
];

for (const argv of LOGINS) {
  Deno.test(`${argv.join(" ")}: what killed runs have left is removed, whatever comes of the login`, async () => {
    using home = tempHome();
    home.write("repo/atmos.yaml", CONFIG);
    for (const path of [...LEFT, ...OTHERS]) home.write(path, "secret");
    const env = home.env({ ATMOS_TRUST: "1", AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    const { status, stderr } = await runAtmos(argv, { env, cwd: home.at("repo") });
    notEqual(status, 0);
    deepEqual(LEFT.filter((path) => home.read(path) !== undefined), [], stderr);
    deepEqual(OTHERS.map((path) => home.read(path)), OTHERS.map(() => "secret"));
  });
}
