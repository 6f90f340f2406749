import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";

const CHOICES = ".local/state/atmos/auth/choices.json";
const USING = 'Using identity "deploy" (atmos auth use), not identity "Dev" (the default of atmos.yaml)\n';

async function use(world: LoginWorld, ...args: readonly string[]) {
  const { status, stdout, stderr } = await world.run(["auth", "use", ...args], NOBODY);
  equal(stdout, "");
  return { status, stderr };
}

Deno.test("auth use: every command takes it where none is named, and says so above a default", async () => {
  await using world = await loginWorld();
  const chosen = await use(world, "DEPLOY");
  deepEqual(chosen, {
    status: 0,
    stderr: '✓ Using identity deploy here\nIt takes precedence over identity "Dev" (the default of atmos.yaml)\n',
  });
  equal(Deno.statSync(world.home.at(CHOICES)).mode! & 0o777, 0o600);
  const login = await world.run(["auth", "login"]);
  match(login.stderr, /✓ Logged in as deploy\n/);
  equal(login.stderr.startsWith(USING), true, login.stderr);
  for (const args of [["auth", "exec", "--", "true"], ["auth", "whoami"], ["auth", "env"], ["aws", "eks", "list"]]) {
    const { status, stderr } = await world.run(args, NOBODY);
    deepEqual([status, stderr.split("\n").filter((line) => `${line}\n` === USING).length], [0, 1], args.join(" "));
  }
  const quiet = await world.run(["auth", "exec", "--logs-level=off", "--", "true"], NOBODY);
  equal(quiet.stderr.includes("Using"), false);
  match((await world.run(["auth", "list"], NOBODY)).stdout, /deploy \(aws\/assume-role\) \[IN USE\] valid for/);
  const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--verbose"];
  match((await world.run(token, NOBODY)).stderr, /identity "deploy" \(atmos auth use\)/);
});

Deno.test("auth use: flags and variables are stronger, and other projects have choices of their own", async () => {
  await using world = await loginWorld();
  await use(world, "deploy");
  const named = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    (await world.run(["auth", "status", ...args], { ...NOBODY, ...env })).stdout;
  equal(await named(["Dev"]), "Dev: not logged in\n");
  equal(await named(["-i", "ci"]), "ci: not logged in\n");
  equal(await named([], { ATMOS_IDENTITY: "ci" }), "ci: not logged in\n");
  const env = { ...NOBODY, ...keyEnv(USER_KEY) };
  const list = await world.run(["aws", "eks", "list", "--region", "us-east-2"], env);
  equal(list.status, 0);
  doesNotMatch(list.stderr, /deploy/);
  world.home.write("other/atmos.yaml", CONFIG);
  const other = await world.run(["-C", world.home.at("other"), "auth", "status"], NOBODY);
  match(other.stdout, /\nDev \* /);
  const variable = await world.run(["auth", "use", "deploy"], { ...NOBODY, ATMOS_IDENTITY: "ci" });
  match(variable.stderr, /ATMOS_IDENTITY=ci is set in this shell and takes precedence\n/);
});

Deno.test("auth use: back to the one before, and to none", async () => {
  await using world = await loginWorld();
  const first = await use(world, "-");
  deepEqual([first.status, /no identity was selected in this project before/.test(first.stderr)], [2, true]);
  for (const [args, name] of [[["deploy"], "deploy"], [["ci"], "ci"], [["-"], "deploy"], [["-"], "ci"]] as const) {
    match((await use(world, ...args)).stderr, new RegExp(`Using identity ${name} here`));
  }
  match((await use(world, "--unset")).stderr, /No identity is selected for this project anymore/);
  match((await world.run(["auth", "status"], NOBODY)).stdout, /\nDev \* /);
  match((await use(world, "-")).stderr, /Using identity ci here/);
  equal((await use(world, "--unset", "ci")).status, 2);
});

Deno.test("auth use: none that cannot be used; one that is gone since is never another", async () => {
  await using world = await loginWorld({
    config: `${CONFIG}    typo: {kind: aws/permission-set, via: {provider: x}}\n`,
  });
  for (const [name, status] of [["nope", 3], ["typo", 3], ["", 3]] as const) {
    equal((await use(world, name)).status, status, name);
    equal(world.home.read(CHOICES), undefined);
  }
  await use(world, "deploy");
  world.home.write("repo/atmos.yaml", CONFIG.replace("    deploy:", "    deployer:"));
  for (const args of [["auth", "login"], ["auth", "exec", "--", "true"], ["aws", "eks", "list"], ["auth", "env"]]) {
    const { status, stderr } = await world.run(args, NOBODY);
    deepEqual([status, /identity "deploy": there is no identity of that name/.test(stderr)], [3, true], stderr);
  }
  equal((await use(world, "Dev")).status, 0);
});

const COMMANDS = [
  ["auth", "login"],
  ["auth", "whoami"],
  ["auth", "exec", "--", "true"],
  ["auth", "env"],
  ["auth", "console", "--print-url"],
  ["aws", "eks", "list"],
  ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2"],
  ["auth", "use", "-"],
];

Deno.test("auth use: one that is gone since is not the one that has its name as an alias", async () => {
  await using world = await loginWorld();
  await use(world, "deploy");
  await use(world, "ci");
  await use(world, "deploy");
  await use(world, "ci");
  const aliased = CONFIG.replace("    deploy:", "    deployer:").replace("    ci: {", "    cicd: {")
    .replace("      default: true\n", "      alias: ci\n").replace("    runner: {", "    runner: {alias: deploy, ");
  world.home.write("repo/atmos.yaml", aliased);
  for (const args of COMMANDS) {
    const { status, stdout, stderr } = await world.run(args, NOBODY);
    deepEqual([status, stdout], [3, ""], args.join(" "));
    match(
      stderr,
      /Cannot use identity "(?:ci|deploy)": "auth use" has chosen it, and it is an alias of "(?:Dev|runner)" now(?:\nHint:|\.) Choose again: atmos auth use NAME\n/,
    );
  }
  equal((await use(world, "ci")).stderr.startsWith("✓ Using identity Dev here\n"), true);
});

Deno.test("auth use: where a project has no logins of its own, the choice is said to be that of the user's own", async () => {
  await using world = await loginWorld();
  world.home.write(".atmos/atmos.yaml", CONFIG.replace("  realm: test\n", ""));
  world.home.write("repo/atmos.yaml", "stacks: {base_path: stacks}\n");
  const own = `the projects that use the logins of ${world.home.at(".atmos")}`;
  equal((await use(world, "ci")).stderr.startsWith(`✓ Using identity ci for ${own}\n`), true);
  equal((await use(world, "--unset")).stderr, `✓ No identity is selected for ${own} anymore\n`);
});

Deno.test("auth use: what cannot be remembered is a failure", async () => {
  await using world = await loginWorld();
  const { status, stderr } = await world.run(["auth", "use", "ci"], { ...NOBODY, ATMOS_XDG_STATE_HOME: "/dev/null" });
  equal(status, 6, stderr);
  match(stderr, /Cannot save the selected identity.*\nHint: Set HOME or ATMOS_XDG_STATE_HOME/);
  world.home.write("repo/atmos.yaml", "");
  equal((await use(world, "ci")).status, 3);
});
