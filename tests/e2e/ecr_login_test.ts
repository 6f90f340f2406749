import { deepEqual, equal, match } from "node:assert/strict";
import { ECR_PASSWORD } from "../support/standin/ecr.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import type { TempHome } from "../support/machine/temp_home.ts";

const LOGIN = ["aws", "ecr", "login"];
const HOST = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const OTHER = "210987654321.dkr.ecr.us-east-2.amazonaws.com";
const KEYS = { ...keyEnv(USER_KEY), ...NOBODY };
/** Whose credentials they are, where atmos.yaml has identities besides. */
const CHOICE = "Using access key AKIAIOSFODNN7EXAMPLE (AWS_ACCESS_KEY_ID), not an identity of atmos.yaml\n";

const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, default: true, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
    ops: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: "123456789012"}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    other: {kind: aws/ecr, via: {provider: sso}, spec: {registry: {account_id: "210987654321", region: us-east-2}}}
    public: {kind: aws/ecr-public, via: {identity: ops}}
    dev/eks: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: dev, region: us-east-2}}}
`;
const SSO = {
  accounts: [{ id: "123456789012", name: "dev", email: "dev@example.com", roles: ["Admin", "Ops"] }],
};

function world(): Promise<LoginWorld> {
  return loginWorld({ config: CONFIG, sso: SSO });
}

/** The password that docker would log in with. */
function passwordFor(home: TempHome, host: string): string {
  return atob(JSON.parse(home.read(".docker/config.json")!).auths[host].auth).replace(/^AWS:/, "");
}

Deno.test("ecr login: a registry with the environment's keys; atmos.yaml is not needed", async () => {
  await using here = await world();
  here.home.write(".docker/config.json", '{\n\t"auths": {},\n\t"HttpHeaders": {"X": "1"}\n}', 0o644);
  const { status, stdout, stderr } = await here.run([...LOGIN, "--registry", `https://${HOST}/`], KEYS);
  deepEqual({ status, stdout, stderr }, {
    status: 0,
    stdout: "",
    stderr: `${CHOICE}✓ Logged in to ${HOST} (expires in 12h)\n`,
  });
  match(passwordFor(here.home, HOST), new RegExp(`^${ECR_PASSWORD}/ecr/us-east-2/arn:aws:iam::123456789012:user/dev`));
  const text = here.home.read(".docker/config.json")!;
  match(
    text,
    /^\{\n\t"auths": \{\n\t\t"123456789012\.dkr[^\n]*\n\t\t\t"auth": "[^"]*"\n\t\t\}\n\t\},\n\t"HttpHeaders": \{"X": "1"\}\n\}$/,
  );
  equal(Deno.statSync(here.home.at(".docker/config.json")).mode! & 0o777, 0o600);
  deepEqual(here.aws.calls.map(({ action }) => action), ["GetAuthorizationToken"]);
});

Deno.test("ecr login: DOCKER_CONFIG, several registries and --public at once, one password a region", async () => {
  await using here = await world();
  const registries = ["--registry", HOST, "--registry", OTHER, "--public"];
  const env = { ...KEYS, DOCKER_CONFIG: here.home.at("d") };
  const { status, stdout } = await here.run([...LOGIN, ...registries, "--output", "json"], env);
  equal(status, 0);
  const data = JSON.parse(stdout).registries;
  deepEqual(data.map((one: Record<string, unknown>) => [one["registry"], one["action"], one["identity"]]), [
    [HOST, "added", null],
    [OTHER, "added", null],
    ["public.ecr.aws", "added", null],
  ]);
  equal(here.aws.count("GetAuthorizationToken"), 2);
  equal(Deno.statSync(here.home.at("d")).mode! & 0o777, 0o700);
  equal(stdout.includes(ECR_PASSWORD) || stdout.includes(btoa(ECR_PASSWORD).slice(0, 12)), false);
});

Deno.test("ecr login: integrations by name, linked ones and all of them, each as its own identity", async () => {
  await using here = await world();
  const linked = await here.run(LOGIN);
  equal(linked.status, 0, linked.stderr);
  match(passwordFor(here.home, HOST), /assumed-role\/AWSReservedSSO_Admin/);
  match(passwordFor(here.home, OTHER), /assumed-role\/AWSReservedSSO_Admin/);
  const named = await here.run([...LOGIN, "PUBLIC"], NOBODY);
  equal(named.status, 0, named.stderr);
  match(passwordFor(here.home, "public.ecr.aws"), /ecr-public\/us-east-1\/.*AWSReservedSSO_Ops/);
  const over = await here.run([...LOGIN, "other", "--identity", "ops"], NOBODY);
  equal(over.status, 0, over.stderr);
  match(passwordFor(here.home, OTHER), /AWSReservedSSO_Ops/);
  const all = await here.run([...LOGIN, "--all", "--output=json"], { ...NOBODY, ATMOS_IDENTITY: "ops" });
  equal(all.status, 0, all.stderr);
  deepEqual(
    JSON.parse(all.stdout).registries.map((one: Record<string, unknown>) => [one["integration"], one["identity"]]),
    [
      ["dev/ecr", "dev"],
      ["other", "ops"],
      ["public", "ops"],
    ],
  );
});

Deno.test("ecr login: what cannot be meant", async () => {
  await using here = await world();
  const said = async (args: readonly string[], env = NOBODY) => {
    const { status, stderr } = await here.run([...LOGIN, ...args], env);
    return `${status} ${stderr}`;
  };
  match(
    await said(["dev/eks"]),
    /^2 .*it is an EKS cluster.*\nHint: For kubectl: atmos aws eks update-kubeconfig dev\/eks\n$/,
  );
  match(
    await said(["dev/erc"]),
    /^3 .*no integration has that name, did you mean "dev\/ecr"\?\nHint: .*auth list --integrations\n$/,
  );
  match(await said([HOST]), /^2 .*\nHint: A registry goes behind a flag: --registry 123456789012/);
  match(await said(["dev/ecr", "--public"]), /^2 .*exclude each other/);
  match(await said(["--all", "-r", HOST]), /^2 .*exclude each other/);
  match(await said(["dev/ecr", "--profile", "x"]), /^2 .*the credentials are those of identity "dev"\nHint: /);
  match(await said(["-r", "docker.io"]), /^2 .*not a registry of ECR\nHint: It looks like 123456789012/);
  match(await said(["-r", `${HOST}.evil.com`]), /^2 .*not a registry of ECR/);
  Deno.mkdirSync(here.home.at("none"));
  match(await said(["dev/ecr", "--chdir", here.home.at("none")]), /^2 .*no atmos.yaml was found\nHint: .*--registry/);
  match(await said([]), /^4 .*\nHint: .*atmos auth login dev\n$/);
  equal(here.home.files().includes(".docker/config.json"), false);
});

Deno.test("ecr login: --dry-run asks nobody and writes nothing", async () => {
  await using here = await world();
  here.home.write(".docker/config.json", '{"credsStore":"pass"}');
  const { status, stderr } = await here.run([...LOGIN, "dev/ecr", "public", "--dry-run"], NOBODY);
  deepEqual({ status, stderr }, {
    status: 0,
    stderr: `Would log in to ${HOST} as dev (stored by docker-credential-pass)\n` +
      "Would log in to public.ecr.aws as ops (stored by docker-credential-pass)\n",
  });
  deepEqual([here.aws.calls.length, here.home.files()], [0, [".docker/config.json", "repo/atmos.yaml"]]);
});

Deno.test("ecr login: a broken config.json is left alone, before AWS is asked: exit 6 with line and column", async () => {
  await using here = await world();
  for (
    const text of [
      '{"auths": {}, // mine\n}',
      '{"auths": {}, "auths": {}}',
      '{"auths": {}, "Auths": {}}',
      '{"auths": []}',
    ]
  ) {
    here.home.write(".docker/config.json", text);
    const { status, stderr } = await here.run([...LOGIN, "--registry", HOST], KEYS);
    equal(status, 6, stderr);
    match(
      stderr,
      /^Error: \S+config\.json:1:\d+: Cannot edit docker's "\S+": found .*\nHint: The file was not changed\./,
    );
    equal(here.home.read(".docker/config.json"), text);
  }
  equal(here.aws.calls.length, 0);
});

Deno.test("ecr login: AWS says no: exit 5, and the registries that work are logged in", async () => {
  const denied = { error: { status: 400, code: "AccessDeniedException" } };
  await using here = await loginWorld({ config: CONFIG, sso: SSO, faults: { GetAuthorizationToken: [denied] } });
  const { status, stderr } = await here.run([...LOGIN, "-r", HOST, "-r", HOST.replace("east-2", "west-2")], KEYS);
  equal(status, 5);
  match(
    stderr,
    /✓ Logged in to 123456789012.*\nError: Cannot get a password for the ECR registries of "us-\w+-2": .* may not perform ecr:GetAuthorizationToken.*\nHint: Use another identity \(--profile, --identity\)/,
  );
  equal(Object.keys(JSON.parse(here.home.read(".docker/config.json")!).auths).length, 1);
});

/** A credential helper that writes down what it is asked, and does as its text says. */
function helper(home: TempHome, { name, does }: { readonly name: string; readonly does: string }): string {
  const log = home.at(`${name}.log`);
  home.write(`bin/docker-credential-${name}`, `#!/bin/sh\necho "$@" >> '${log}'\ncat >> '${log}'\n${does}\n`, 0o755);
  return `${home.at("bin")}:/usr/bin:/bin`;
}

Deno.test("ecr login: with a credsStore the password goes to it alone, on its standard input", async () => {
  await using here = await world();
  const PATH = helper(here.home, { name: "fake", does: "" });
  here.home.write(".docker/config.json", `{"credsStore":"fake","auths":{"${HOST}":{"auth":"b2xkOnB3","email":"a@b"}}}`);
  const { status, stderr } = await here.run([...LOGIN, "-r", HOST, "-r", OTHER], { ...KEYS, PATH });
  equal(status, 0, stderr);
  match(stderr, /\(expires in 12h, stored by docker-credential-fake\)/);
  equal(
    here.home.read(".docker/config.json"),
    `{"credsStore":"fake","auths":{"${HOST}":{"email":"a@b"},"${OTHER}":{}}}`,
  );
  const log = here.home.read("fake.log")!;
  match(log, new RegExp(`^store\\n\\{"ServerURL":"${HOST}","Username":"AWS","Secret":"${ECR_PASSWORD}`, "m"));
  const holders = here.home.files().filter((path) => here.home.read(path)!.includes(ECR_PASSWORD));
  deepEqual(holders, ["fake.log"]);
});

Deno.test("ecr login: the password is only where it belongs, however much is said", async () => {
  await using here = await world();
  const loud = ["--verbose", "--logs-level", "trace", "--output", "json"];
  const { status, stdout, stderr } = await here.run([...LOGIN, "dev/ecr", "public", ...loud]);
  equal(status, 0, stderr);
  const secrets = [ECR_PASSWORD, btoa(`AWS:${ECR_PASSWORD}`).slice(0, 24), USER_KEY.secretAccessKey];
  const told = secrets.filter((one) => `${stdout}${stderr}`.includes(one));
  const holders = here.home.files().filter((path) => secrets.some((one) => here.home.read(path)!.includes(one)));
  deepEqual([told, holders], [[], [".docker/config.json"]]);
});

Deno.test("ecr login: credHelpers win over credsStore; helpers that fail or are not there are told, without the password", async () => {
  await using here = await world();
  const PATH = helper(here.home, { name: "bad", does: 'cat ~/bad.log; echo "no keychain" >&2; exit 1' });
  const run = async (config: string) => {
    here.home.write(".docker/config.json", config);
    const { status, stdout, stderr } = await here.run([...LOGIN, "-r", HOST], { ...KEYS, PATH });
    equal(here.home.read(".docker/config.json"), config);
    equal(`${stdout}${stderr}`.includes(ECR_PASSWORD), false);
    return `${status} ${stderr}`;
  };
  match(
    await run(`{"credsStore":"none","credHelpers":{"${HOST}":"bad"}}`),
    /^5 .*docker-credential-bad failed with exit status 1\nHint: /,
  );
  match(
    await run('{"credsStore":"missing"}'),
    /^5 .*docker-credential-missing is not on PATH\nHint: Install docker-credential-missing, or take credsStore "missing" out of /,
  );
  match(await run('{"credsStore":"../../evil"}'), /^5 .*not a program name/);
  here.home.write("bin/docker-credential-plain", "not a program", 0o644);
  match(await run('{"credsStore":"plain"}'), /^5 .*docker-credential-plain (cannot be run|is not on PATH)/);
});

Deno.test("ecr login: where docker asks a helper that makes passwords, nothing is kept", async () => {
  await using here = await world();
  here.home.write(".docker/config.json", `{"credHelpers":{"${HOST}":"ecr-login"}}`);
  const { status, stderr } = await here.run([...LOGIN, "-r", HOST], KEYS);
  deepEqual({ status, stderr }, {
    status: 0,
    stderr: `${CHOICE}✓ Docker asks docker-credential-ecr-login for ${HOST}: no password is stored\n`,
  });
  equal(here.home.read(".docker/config.json"), `{"credHelpers":{"${HOST}":"ecr-login"}}`);
});

Deno.test("auth login makes linked registries ready; auth env names docker's directory; auth logout takes the logins away", async () => {
  const config = CONFIG.replace(/ {4}dev\/eks.*\n/, "");
  await using here = await loginWorld({ config, sso: SSO });
  here.home.write(".docker/config.json", '{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}');
  const login = await here.run(["auth", "login"]);
  equal(login.status, 0, login.stderr);
  match(passwordFor(here.home, HOST), /AWSReservedSSO_Admin/);
  deepEqual(Object.keys(JSON.parse(here.home.read(".docker/config.json")!).auths), ["ghcr.io", HOST, OTHER]);
  const env = await here.run(["auth", "env"], NOBODY);
  match(env.stdout, new RegExp(`^export DOCKER_CONFIG=${here.home.at(".docker")};$`, "m"));
  const before = here.aws.count("GetAuthorizationToken");
  equal((await here.run(["auth", "exec", "--", "true"], NOBODY)).status, 0);
  equal(here.aws.count("GetAuthorizationToken"), before, "what is there is not asked for again");
  const out = await here.run(["auth", "logout", "dev"], NOBODY);
  match(out.stderr, new RegExp(`Removed: docker's login at ${HOST} \\(`));
  equal(here.home.read(".docker/config.json"), '{"auths":{"ghcr.io":{"auth":"bWU6cHc="}}}');
  const own = `{"auths":{"${HOST}":{"auth":"${btoa("AWS:mine")}"}}}`;
  here.home.write(".docker/config.json", own);
  for (const args of [["auth", "logout", "dev"], ["auth", "logout", "--all"]]) await here.run(args, NOBODY);
  equal(here.home.read(".docker/config.json"), own, "a login that atmos has not given docker stays");
});

Deno.test("one registry through two identities: exec makes its own identity's login, and logout takes no other's away", async () => {
  const config = CONFIG.replace(/ {4}dev\/eks.*\n/, "").replace(
    / {4}public:.*\n/,
    `    ops/ecr: {kind: aws/ecr, via: {identity: ops}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}\n`,
  );
  await using here = await loginWorld({ config, sso: SSO });
  for (const name of ["dev", "ops"]) equal((await here.run(["auth", "login", name, "--strict"])).status, 0);
  match(passwordFor(here.home, HOST), /AWSReservedSSO_Ops/);
  const exec = async (identity: string) =>
    (await here.run(["auth", "exec", "-i", identity, "--", "true"], NOBODY)).status;
  equal(await exec("dev"), 0);
  match(passwordFor(here.home, HOST), /AWSReservedSSO_Admin/);
  const asked = here.aws.count("GetAuthorizationToken");
  equal(await exec("dev"), 0);
  equal(here.aws.count("GetAuthorizationToken"), asked);
  const ops = await here.run(["auth", "logout", "ops"], NOBODY);
  equal(ops.stderr.includes(HOST), false, ops.stderr);
  match(passwordFor(here.home, HOST), /AWSReservedSSO_Admin/);
  const dev = await here.run(["auth", "logout", "dev"], NOBODY);
  match(dev.stderr, new RegExp(`Removed: docker's login at ${HOST} \\(`));
});

Deno.test("ecr login: what AWS takes no longer, though it looks good, is asked for again with a command that does so", async () => {
  const expired = { error: { status: 400, code: "ExpiredTokenException", message: "expired" } };
  await using here = await loginWorld({ config: CONFIG, sso: SSO, faults: { GetAuthorizationToken: [expired] } });
  await here.run(["auth", "login", "--no-integrations"]);
  const { stderr } = await here.run([...LOGIN, "dev/ecr"], NOBODY);
  match(stderr, /\nHint: Log in again: atmos auth login dev --force\n$/);
});

Deno.test("ecr login: integrations that a working tree takes from beyond it need trust, named, all or linked", async () => {
  const config = "auth:\n  identities:\n    own: {kind: ambient}\n  integrations: !include ../elsewhere.yaml\n";
  await using here = await loginWorld({ config });
  const registry = 'spec: {registry: {account_id: "123456789012", region: us-east-2}}';
  here.home.write("elsewhere.yaml", `reg: {kind: aws/ecr, via: {identity: own}, ${registry}}\n`);
  for (const args of [["reg"], ["--all"], []]) {
    const { status, stderr } = await here.run([...LOGIN, ...args], { ...KEYS, ATMOS_TRUST: "0" });
    equal(status, 3, stderr);
    match(
      stderr,
      /^Error: .*!include \.\.\/elsewhere\.yaml -> "\S+\/elsewhere\.yaml": it lets something beyond this configuration choose/m,
    );
  }
  deepEqual(here.aws.calls, []);
  equal((await here.run([...LOGIN, "reg"], KEYS)).status, 0);
});
