import { deepEqual, equal, match } from "node:assert/strict";
import { memoryAtmos } from "../../../../support/atmos/memory_atmos.ts";
import { CONFIG, keptIn, section } from "../../../../support/config/stored_logins.ts";

// The fake clock stands at 2026-01-02T03:04:05Z.
const IN_58_MINUTES = "2026-01-02T04:02:05Z";
const HOME = "/home/me";
const { credentials } = keptIn("corp");

interface Kept {
  readonly text?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function status(args: readonly string[], { text, env = {} }: Kept = {}) {
  const kept = text === undefined ? {} : { [`${HOME}/${credentials}`]: text };
  const files = { [`${HOME}/repo/atmos.yaml`]: CONFIG, ...kept };
  return await memoryAtmos(["auth", "status", ...args], { files, env: { ATMOS_TRUST: "1", ...env } });
}

const OUTDATED = "its credentials are of an earlier configuration";
const GOOD = { text: section("dev-admin", IN_58_MINUTES) };

Deno.test("auth status: valid, a name in any case, and --identity", async () => {
  const dev = "dev-admin";
  for (const args of [[dev], ["DEV-ADMIN"], ["-i", dev], [dev, "--min-ttl", "58m"], [dev, "--min-ttl=0"]]) {
    const { status: code, out, err } = await status(args, GOOD);
    deepEqual({ code, out, err }, { code: 0, out: "Dev-Admin: valid for 58m\n", err: "" });
  }
  equal((await status([], { ...GOOD, env: { ATMOS_IDENTITY: "reader" } })).out, "reader: not logged in\n");
});

Deno.test("auth status: status 4 with the command to type, for each way not to be logged in", async () => {
  const cases: readonly (readonly [readonly string[], Kept, string, string])[] = [
    [[], {}, "not logged in", ""],
    [[], { ...GOOD, env: { HOME: "" } }, "not logged in", ""],
    [[], { text: section("dev-admin", "2026-01-02T03:04:05Z") }, "expired", ""],
    [[], { text: GOOD.text.replace(/(?<=fingerprint = ASIA1-)./, "x") }, OUTDATED, ""],
    [[], { text: GOOD.text.replace(/atmos_fingerprint.*\n/, "") }, OUTDATED, ""],
    [["--min-ttl", "59m"], GOOD, "valid for 58m, less than --min-ttl 59m", " --min-ttl 59m"],
  ];
  for (const [args, kept, text, more] of cases) {
    const { status: code, out, err } = await status(["dev-admin", ...args, "--config=/home/me/repo/atmos.yaml"], kept);
    const command = `atmos auth login Dev-Admin${more} --config /home/me/repo/atmos.yaml`;
    const expected = { code: 4, out: `Dev-Admin: ${text}\n`, err: `Hint: ${command}\n` };
    deepEqual({ code, out, err }, expected);
  }
  const all = await status(["--min-ttl", "59m"], GOOD);
  deepEqual([all.status, all.err], [4, "Hint: atmos auth login Dev-Admin --min-ttl 59m\n"]);
});

Deno.test("auth status: as data, valid or not, and nothing on stderr", async () => {
  const good = await status(["dev-admin", "--output", "json"], GOOD);
  equal(good.status, 0);
  deepEqual(JSON.parse(good.out), {
    identity: "Dev-Admin",
    valid: true,
    expiration: IN_58_MINUTES,
    expires_in_seconds: 58 * 60,
    realm: "lab",
    provider: "corp",
    region: "us-east-2",
  });
  const short = await status(["dev-admin", "--output", "json", "--min-ttl", "2h"], GOOD);
  deepEqual([short.status, short.err, JSON.parse(short.out).valid], [4, "", false]);
  const gone = await status(["--output", "json", "reader"]);
  deepEqual([gone.status, gone.err], [4, ""]);
  const { valid, expiration, expires_in_seconds: left } = JSON.parse(gone.out);
  deepEqual([valid, expiration, left], [false, null, null]);
  const old = await status(["dev-admin", "--output", "json"], {
    text: GOOD.text.replace("fingerprint = ASIA1", "fingerprint = X"),
  });
  const outdated = { valid: false, outdated: true, expiration: null };
  deepEqual([old.status, { ...JSON.parse(old.out), ...outdated }], [4, JSON.parse(old.out)]);
  const past = await status(["dev-admin", "--output", "json"], { text: section("dev-admin", "2026-01-01T00:00:00Z") });
  deepEqual([past.status, JSON.parse(past.out).expires_in_seconds], [4, 0]);
});

Deno.test("auth status: keys without an end, and the environment's own, which nobody asks about", async () => {
  const session = section("dev-admin", "never");
  const unknown = await status(["dev-admin"], { text: session });
  deepEqual([unknown.status, unknown.out], [4, "Dev-Admin: stored, expiry unknown\n"]);
  const endless = session.replace(/aws_session_token.*\n/, "");
  equal((await status(["dev-admin"], { text: endless })).out, "Dev-Admin: valid, does not expire\n");
  const ambient = await status(["runner"]);
  deepEqual([ambient.status, ambient.err], [0, ""]);
  equal(ambient.out, "runner: the environment's own credentials, which only AWS can check\n");
  equal(JSON.parse((await status(["runner", "--output=json"])).out).valid, null);
});

Deno.test("auth status: a file that cannot be read is said, and is no login", async () => {
  const text = "[dev-admin\nsecret-in-a-broken-line";
  for (
    const [args, shown] of [[["dev-admin"], /^Dev-Admin: not logged in\n$/], [
      [],
      /Dev-Admin \*.* not logged in /,
    ]] as const
  ) {
    const { status: code, out, err } = await status(args, { text });
    equal(code, 4);
    match(out, shown);
    match(err, /^Warning: .*credentials.*\nHint: .*\nHint: atmos auth login Dev-Admin\n$/);
    equal(err.includes("secret-in"), false);
    equal((await status([...args, "--logs-level=off"], { text: "[" })).err, "Hint: atmos auth login Dev-Admin\n");
  }
});

Deno.test("auth status: a wrong name is 3, a wrong duration 2", async () => {
  const { status: code, err } = await status(["dev-admn"]);
  equal(code, 3);
  match(err, /did you mean "Dev-Admin"\?/);
  const wrong = await status(["--min-ttl", "soon"]);
  equal(wrong.status, 2);
  match(wrong.err, /Cannot parse --min-ttl: "soon" must be a duration/);
});
