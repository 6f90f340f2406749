import { deepEqual, equal, match, ok } from "node:assert/strict";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CREDENTIALS, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";

const PROCESS = ["auth", "credential-process", "--identity"];
const CONFIGURE = ["auth", "configure-aws"];

async function loggedIn(): Promise<LoginWorld> {
  const world = await loginWorld();
  equal((await world.run(["auth", "login"])).status, 0);
  return world;
}

Deno.test("auth credential-process: kept credentials, in AWS's form, without network", async () => {
  await using world = await loggedIn();
  const run = await world.run([...PROCESS, "dev"], { ...NOBODY, AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
  deepEqual([run.status, run.stderr], [0, ""]);
  const answer = JSON.parse(run.stdout);
  deepEqual(Object.keys(answer), ["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"]);
  equal(answer.Version, 1);
  ok(world.home.read(CREDENTIALS)!.includes(`expiration=${answer.Expiration}\n`));
  ok(world.home.read(CREDENTIALS)!.includes(`aws_access_key_id = ${answer.AccessKeyId}\n`));
});

Deno.test("auth credential-process: expired ones are renewed without a person, or a line says what to type", async () => {
  await using world = await loggedIn();
  const text = world.home.read(CREDENTIALS)!;
  world.home.write(CREDENTIALS, text.replace(/expiration=\S+/, "expiration=2020-01-01T00:00:00Z"));
  const renewed = await world.run([...PROCESS, "deploy"], NOBODY);
  deepEqual([renewed.status, renewed.stderr], [0, ""]);
  await world.run(["auth", "logout", "--all"]);
  const run = await world.run([...PROCESS, "deploy"]);
  deepEqual([run.status, run.stdout], [4, ""]);
  match(run.stderr, /^Error: Cannot use the SSO session of .* Log in at a terminal: atmos auth login deploy\n$/);
});

Deno.test("auth credential-process: two identities at once are refused, as everywhere", async () => {
  await using world = await loggedIn();
  const run = await world.run(["auth", "credential-process", "deploy", "-i", "Dev"], NOBODY);
  deepEqual([run.status, run.stdout], [2, ""]);
  match(run.stderr, /^Error: Cannot use identity "deploy" with --identity Dev: they select different things.*\n$/);
});

Deno.test("auth credential-process: a profile that is its own source ends, with a line", async () => {
  await using world = await loginWorld();
  const here = ["-C", world.home.at("repo")];
  const command = [...atmosWords(), ...here, ...PROCESS, "from-runner"].map((word) => `'${word}'`).join(" ");
  world.home.write(".aws/config", `[profile loop]\nregion = us-east-2\ncredential_process = ${command}\n`);
  const run = await world.run([...PROCESS, "from-runner"], { ...NOBODY, ...runtimeEnv(), AWS_PROFILE: "loop" });
  deepEqual([run.status, run.stdout], [4, ""]);
  match(run.stderr, /"from-runner": it would ask for its own credentials/);
  const keys = await world.run([...PROCESS, "runner"], { ...NOBODY, ...keyEnv(USER_KEY) });
  equal(JSON.parse(keys.stdout).AccessKeyId, USER_KEY.accessKeyId);
});

Deno.test("auth configure-aws: the real aws uses the profile, in any directory", async () => {
  if (!hasProgram("aws", "auth configure-aws: aws")) return;
  await using world = await loggedIn();
  const run = await world.run([...CONFIGURE, "dev"]);
  deepEqual([run.status, run.stdout], [0, ""]);
  equal(run.stderr, `Wrote profile Dev to ${world.home.at(".aws/config")}\n`);
  const { code, stdout, stderr } = await new Deno.Command("aws", {
    args: ["sts", "get-caller-identity", "--profile", "Dev", "--output", "json"],
    clearEnv: true,
    env: { ...runtimeEnv(), ...world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! }) },
    cwd: "/",
  }).output();
  equal(code, 0, new TextDecoder().decode(stderr));
  match(JSON.parse(new TextDecoder().decode(stdout)).Arn, /assumed-role/);
});

const OTHERS = "# mine\r\n[default]\r\nregion=eu-west-1 ; home\r\n\r\n[profile Dev-old]\r\nregion = x\r\n";

Deno.test("auth configure-aws: what is in the file stays, and again changes nothing", async () => {
  await using world = await loginWorld();
  world.home.write(".aws/config", OTHERS, 0o644);
  equal((await world.run([...CONFIGURE, "--all", "--prefix", "corp-"])).status, 0);
  const text = world.home.read(".aws/config")!;
  ok(text.startsWith(OTHERS));
  deepEqual([...text.matchAll(/^\[(.*)\]\r$/gm)].map((found) => found[1]), [
    ...["default", "profile Dev-old"],
    ...["Dev", "deploy", "ci", "from-runner"].map((name) => `profile corp-${name}`),
  ]);
  equal(Deno.statSync(world.home.at(".aws/config")).mode! & 0o777, 0o644);
  const again = await world.run([...CONFIGURE, "Dev", "--prefix", "corp-"]);
  match(again.stderr, /^Unchanged profile corp-Dev in /);
  const moved = text.replace("credential_process = ", "output = json\r\ncredential_process = /old/atmos ");
  world.home.write(".aws/config", moved.replace("region = us-east-2", "region = eu-west-3"));
  equal((await world.run([...CONFIGURE, "Dev", "--prefix", "corp-"])).status, 0);
  const mended = world.home.read(".aws/config")!;
  ok(!mended.includes("/old/atmos") && mended.includes("output = json\r\n") && mended.includes("region = eu-west-3"));
});

Deno.test("auth configure-aws: a profile is for its account, and for no other that the identity moves to", async () => {
  const accounts = ["123456789012", "210987654321"].map((id) => ({
    id,
    name: id,
    email: "a@example.com",
    roles: ["Admin"],
  }));
  await using world = await loginWorld({ sso: { accounts } });
  equal((await world.run(["auth", "login"])).status, 0);
  equal((await world.run([...CONFIGURE, "dev"])).status, 0);
  const line = world.home.read(".aws/config")!;
  match(line, /--account=123456789012/);
  const config = world.home.read("repo/atmos.yaml")!;
  world.home.write("repo/atmos.yaml", config.replaceAll("123456789012", "210987654321"));
  const asWritten = await world.run([...PROCESS, "dev", "--account=123456789012"], NOBODY);
  deepEqual([asWritten.status, asWritten.stdout], [2, ""]);
  match(
    asWritten.stderr,
    /^Error: Cannot use identity "Dev" for account "123456789012": .* 210987654321.*configure-aws Dev\n$/,
  );
  equal((await world.run([...PROCESS, "dev", "--account=210987654321"], NOBODY)).status, 0);
  // Written anew, it is for that one; and so is one of a version that named no account.
  for (const before of [line, line.replace(/ '?--account=\d{12}'?/, "")]) {
    world.home.write(".aws/config", before);
    equal((await world.run([...CONFIGURE, "dev"])).status, 0);
    match(world.home.read(".aws/config")!, /--account=210987654321/);
  }
});

Deno.test("auth configure-aws: an identity of a repository is the default profile only where that is trusted", async () => {
  await using world = await loginWorld();
  world.home.write("repo/atmos.yaml", world.home.read("repo/atmos.yaml")!.replaceAll("Dev:", "default:"));
  const refused = await world.run([...CONFIGURE, "default"], { ATMOS_TRUST: "0" });
  equal(refused.status, 3, refused.stderr);
  match(refused.stderr, /may become the default AWS profile/);
  equal(world.home.read(".aws/config"), undefined);
  equal((await world.run([...CONFIGURE, "default", "--prefix", "x-"], { ATMOS_TRUST: "0" })).status, 0);
  equal((await world.run([...CONFIGURE, "default"], { ATMOS_TRUST: "1" })).status, 0);
  match(world.home.read(".aws/config")!, /^\[default\]$/m);
});

Deno.test("auth configure-aws: nobody else's profile is touched", async () => {
  await using world = await loginWorld();
  const foreign = [
    "[profile Dev]\nregion = eu-west-1\n",
    "[profile Dev]\ncredential_process = other\n",
    "[profile Dev]\ncredential_process = /bin/atmos auth credential-process --identity=Dev --config=/elsewhere.yaml\n",
  ];
  for (const text of foreign) {
    world.home.write(".aws/config", text);
    const run = await world.run([...CONFIGURE, "dev"]);
    equal(run.status, 2);
    match(
      run.stderr,
      /^Error: Cannot write AWS profile "Dev" for identity "Dev": .* has one of that name\nHint: .*--prefix/,
    );
    equal(world.home.read(".aws/config"), text);
  }
  world.home.write(".aws/config", "");
  world.home.write(".aws/credentials", "[Dev]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n");
  match((await world.run([...CONFIGURE, "dev"])).stderr, /the credentials file has keys under that name/);
  world.home.write(".aws/config", "[broken\n");
  equal((await world.run([...CONFIGURE, "deploy"])).status, 3);
  match((await world.run([...CONFIGURE, "runner"])).stderr, /it uses whatever credentials the AWS CLI finds/);
  equal((await world.run([...CONFIGURE, "--all", "dev"])).status, 2);
  equal((await world.run([...CONFIGURE, "nobody"])).status, 3);
});

Deno.test("auth configure-aws: a read-only file is refused, in a preview, too, unless nothing is to be written", async () => {
  await using world = await loginWorld();
  equal((await world.run([...CONFIGURE, "dev"])).status, 0);
  const path = world.home.at(".aws/config");
  Deno.chmodSync(path, 0o400);
  const before = world.home.read(".aws/config");
  for (const words of [[], ["--dry-run"], ["--diff"]]) {
    equal((await world.run([...CONFIGURE, "dev", ...words])).status, 0);
    const { status, stdout, stderr } = await world.run([...CONFIGURE, "deploy", ...words]);
    deepEqual([status, stdout, stderr], [
      6,
      "",
      `Error: Cannot write "${path}": it is read-only (mode 0400)\nHint: To change it anyway: chmod u+w ${path}\n`,
    ]);
  }
  deepEqual([world.home.read(".aws/config"), Deno.statSync(path).mode! & 0o777], [before, 0o400]);
});

Deno.test("auth configure-aws: --dry-run and --diff write nothing; AWS_CONFIG_FILE says where, unless it is ours", async () => {
  await using world = await loginWorld();
  const file = world.home.at("own/config");
  const dry = await world.run([...CONFIGURE, "dev", "deploy", "--dry-run"], { AWS_CONFIG_FILE: file });
  match(dry.stdout, /^\[profile Dev\]\ncredential_process = .*\nregion = us-east-2\n\n\[profile deploy\]\n/);
  const diff = await world.run([...CONFIGURE, "dev", "--diff"], { AWS_CONFIG_FILE: file });
  match(diff.stdout, /^--- \/dev\/null.*\n\+\+\+ .*own\/config.*\n@@ .*\n\+\[profile Dev\]\n/);
  ok(!world.home.files().some((path) => path.startsWith("own") || path.startsWith(".aws")));
  equal((await world.run([...CONFIGURE, "dev"], { AWS_CONFIG_FILE: file })).status, 0);
  equal(Deno.statSync(file).mode! & 0o777, 0o600);
  const ours = await world.run([...CONFIGURE, "dev"], {
    AWS_CONFIG_FILE: world.home.at(".config/atmos/test/aws/sso/config"),
  });
  match(ours.stderr, /which logins write/);
});
