import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { CONFIG, keptIn, section, sessionFile, START } from "../support/config/stored_logins.ts";

const CORP = keptIn("corp").credentials;
const TOKEN = "access-token-x";
const THEIRS = "# by hand\n[mine]\naws_access_key_id = AKIA9\naws_secret_access_key = theirs\n";
const SESSION = await sessionFile({ startUrl: START, region: "us-east-1", expiresAt: hour(1) });

function hour(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

interface Place {
  readonly home: TempHome;
  readonly standin: Standin;
  readonly logout: (args: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof runAtmos>;
}

function test(name: string, options: StandinOptions, fn: (place: Place) => Promise<void>): void {
  Deno.test(`auth logout: ${name}`, async () => {
    using home = tempHome();
    await using standin = await startStandin({ sso: { accessTokens: [TOKEN] }, ...options });
    home.write("repo/atmos.yaml", CONFIG);
    home.write(CORP, `${THEIRS}\n${section("dev-admin", hour(1))}`);
    home.write(SESSION.path, SESSION.text);
    const logout: Place["logout"] = async (args, env = {}) => {
      const all = { AWS_ENDPOINT_URL: standin.url, ATMOS_TRUST: "1", ...env };
      const options = { env: home.env(all), cwd: home.at("repo") };
      const run = await runAtmos(["auth", "logout", ...args], options);
      ok(!`${run.stdout}${run.stderr}`.includes(TOKEN), "the token is shown");
      return run;
    };
    await fn({ home, standin, logout });
    standin.assertDone();
  });
}

function assertGone({ home }: Place): void {
  equal(home.read(CORP), THEIRS);
  equal(home.read(SESSION.path), undefined);
}

test("the session is ended at AWS, what others have in the file stays", { expects: ["Logout"] }, async (at) => {
  const { status, stdout, stderr } = await at.logout(["dev-admin"]);
  deepEqual([status, stdout], [0, ""]);
  match(stderr, /^✓ Logged out of Dev-Admin \(realm: lab\)\n/);
  assertGone(at);
  equal(at.standin.logins.accessTokens.has(TOKEN), false);
  const again = await at.logout(["dev-admin"]);
  deepEqual([again.status, again.stderr], [0, "Nothing to remove: nothing is stored for Dev-Admin (realm: lab).\n"]);
});

test("--dry-run asks nobody and changes nothing, not even a lock file", { expects: [] }, async (at) => {
  const files = at.home.files();
  const before = at.home.read(CORP);
  for (const selection of [["dev-admin"], ["--all"], ["--provider", "corp"]]) {
    const { status, stderr } = await at.logout([...selection, "--dry-run"]);
    equal(status, 0);
    match(stderr, /^Would log out of .*\n {2}Would remove: profile dev-admin in .*[^]*Nothing was removed\.\n$/);
  }
  deepEqual(at.home.files(), files);
  equal(at.home.read(CORP), before);
});

test("offline it works all the same, with a warning", { expects: [] }, async (at) => {
  const { status, stderr } = await at.logout(["--all"], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
  equal(status, 0);
  match(
    stderr,
    /^Warning: Cannot log out of IAM Identity Center: 127\.0\.0\.1:1: .*\nHint: .* expires at \S+Z\n✓ /,
  );
  assertGone(at);
  logInAgain(at);
  equal(
    (await at.logout(["--all", "--logs-level", "error"], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" })).stderr[0],
    "✓",
  );
});

/** Another login. */
function logInAgain({ home }: Place): void {
  home.write(CORP, `${THEIRS}\n${section("dev-admin", hour(1))}`);
  home.write(SESSION.path, SESSION.text);
}

test("AWS in trouble is a warning, too", {
  faults: { Logout: [{ error: { status: 500, code: "InternalServerException" }, times: 2 }] },
}, async (at) => {
  const { status, stderr } = await at.logout(["dev-admin"]);
  equal(status, 0);
  match(stderr, /^Warning: Cannot log out of IAM Identity Center: /);
  assertGone(at);
});

test("settings that mean nothing do not keep anybody logged in", { expects: [] }, async (at) => {
  const { status, stderr } = await at.logout(["dev-admin"], { AWS_MAX_ATTEMPTS: "many" });
  equal(status, 0);
  match(stderr, /^Warning: Cannot use AWS_MAX_ATTEMPTS "many"/);
  assertGone(at);
});

test("a session that AWS has ended already is no matter", { expects: ["Logout"] }, async (at) => {
  at.standin.logins.revoke();
  const { status, stderr } = await at.logout(["--provider", "corp-eu"]);
  equal(status, 0);
  match(stderr, /^✓ Logged out of provider corp-eu[^]*providers corp and corp-eu/);
  equal(at.home.read(SESSION.path), undefined);
  ok(at.home.read(CORP)!.includes("[dev-admin]"));
});

test("after logout a session is gone for status and env", {}, async (at) => {
  const options = { env: at.home.env({ ATMOS_TRUST: "1" }), cwd: at.home.at("repo") };
  equal((await runAtmos(["auth", "status"], options)).status, 0);
  await at.logout(["dev-admin"]);
  equal((await runAtmos(["auth", "status"], options)).status, 4);
  equal((await runAtmos(["auth", "status"], options)).status, 4);
});

const ROOT = Deno.uid() === 0;
if (ROOT) console.log("SKIP auth logout: a disk that cannot be written: root may write everywhere");
Deno.test({
  name: "auth logout: a disk that cannot be written is an error, not a logout",
  ignore: ROOT,
  async fn() {
    using home = tempHome();
    home.write("repo/atmos.yaml", CONFIG);
    const directory = home.write(CORP, section("dev-admin", hour(1)), 0o400).replace(/\/[^/]*$/, "");
    Deno.chmodSync(directory, 0o500);
    const { status, stderr } = await runAtmos(["auth", "logout", "dev-admin"], {
      env: home.env({ ATMOS_TRUST: "1" }),
      cwd: home.at("repo"),
    });
    Deno.chmodSync(directory, 0o700);
    equal(status, 6);
    match(stderr, /^Error: Cannot log out of Dev-Admin \(realm: lab\): not everything is removed: /);
  },
});
