import { deepEqual, equal, match, ok } from "node:assert/strict";
import { configurationMark } from "../../../../../src/auth/login/locate_stored.ts";
import { diskWith, memoryAtmos } from "../../../../support/atmos/memory_atmos.ts";
import { CONFIG, keptIn, section, START } from "../../../../support/config/stored_logins.ts";
import { changes, CORP, HOME, LATER, machine, OTHER, SESSION, THEIRS } from "./logged_in_machine.ts";

const without = (text: string, ...names: readonly string[]) =>
  names.reduce((left, name) => left.replace(`\n${section(name, LATER)}`, ""), text);

Deno.test("auth logout: exactly its profile and its session go; every other byte stays", async () => {
  for (const args of [["dev-admin"], ["--identity", "DEV-ADMIN"], ["dev-admin", "-i", "Dev-Admin"]]) {
    const at = machine();
    const { status, out, err } = await at.logout(args);
    deepEqual([status, out], [0, ""]);
    deepEqual(changes(at), {
      [CORP.credentials]: without(at.before[CORP.credentials]!, "dev-admin"),
      [CORP.config]: "# config\n[profile reader]\nregion = us-east-1\n",
      [SESSION.path]: undefined,
    });
    equal(
      err,
      `✓ Logged out of Dev-Admin (realm: lab)
  Removed: profile dev-admin in ${HOME}/${CORP.credentials}
  Removed: session of ${START} in ${HOME}/${SESSION.path}
  The providers corp and corp-eu share the session of ${START}
  The session of ${START} was shared with 3 other identities: deployer, eu-admin, reader. Stored credentials stay valid until they expire; after that a new login is needed
`,
    );
  }
});

Deno.test("auth logout: an identity that continues from another has its profile in the first one's provider", async () => {
  const at = machine();
  equal((await at.logout(["deployer"])).status, 0);
  const changed = changes(at);
  deepEqual(Object.keys(changed).sort(), [SESSION.path, CORP.credentials].sort());
  equal(changed[CORP.credentials], without(at.before[CORP.credentials]!, "deployer"));
});

Deno.test("auth logout: without a session only the profile goes, and its file when it was all", async () => {
  const at = machine();
  const { err } = await at.logout(["job"]);
  deepEqual(changes(at), { [keptIn("ci").credentials]: undefined });
  match(err, /^✓ Logged out of job \(realm: lab\)\n {2}Removed: profile job in \S+\n$/);
});

Deno.test("auth logout --provider: its identities, what earlier ones left, and its session", async () => {
  const at = machine();
  const { status, err } = await at.logout(["--provider", "CORP"]);
  equal(status, 0);
  deepEqual(changes(at), { [CORP.credentials]: THEIRS, [CORP.config]: "# config\n", [SESSION.path]: undefined });
  match(err, /^✓ Logged out of provider corp \(realm: lab\)\n/);
  match(err, /profile gone in /);
  match(err, /was shared with 1 other identity: eu-admin\./);
});

Deno.test("auth logout --all: the whole realm, and no other one", async () => {
  const at = machine();
  const { status, err } = await at.logout(["--all"]);
  equal(status, 0);
  const credentials = ["corp-eu", "other", "ci", "old/nested"].map((one) => [keptIn(one).credentials, undefined]);
  deepEqual(changes(at), {
    ...Object.fromEntries(credentials),
    [CORP.credentials]: THEIRS,
    [CORP.config]: "# config\n",
    [SESSION.path]: undefined,
    [OTHER.path]: undefined,
  });
  match(err, /^✓ Logged out of realm lab\n/);
  ok(!err.includes("other identit"));
  const again = await at.logout(["--all"]);
  deepEqual([again.status, again.err], [0, "Nothing to remove: nothing is stored for realm lab.\n"]);
});

Deno.test("auth logout: a session may be that of other configurations, as far as what they have stored tells", async () => {
  const marked = (name: string, mark: string) => `${section(name, LATER)}atmos_configuration = ASIA1-${mark}\n`;
  const all = (mark: string) => ["prod", "deploy", "a", "b", "c", "d"].map((name) => marked(name, mark)).join("\n");
  const others = (mark: string) => ({
    ".config/atmos/theirs/aws/company/credentials": all(mark),
    [keptIn("shared").credentials]: marked("prod", mark),
  });
  const line =
    `  The session of ${START} may also have been shared with identities of other configurations: a, b, c, d, deploy and 1 more`;
  for (const args of [["dev-admin"], ["--provider", "corp"], ["dev-admin", "--dry-run"]]) {
    const { err } = await machine(others("0123456789abcdef")).logout(args);
    ok(err.includes(`${line}\n`), err);
    const own = await machine(others(await configurationMark(`${HOME}/repo`))).logout(args);
    ok(!own.err.includes("other configurations"), "all of them are its own");
  }
  const realm = await machine(others("0123456789abcdef")).logout(["--all"]);
  match(
    realm.err,
    /shared with identities of other configurations: a, b, c, d, deploy and 1 more\n/,
    "of other realms",
  );
  for (const args of [["job"], ["--all-realms"]]) {
    const { err } = await machine(others("0123456789abcdef")).logout(args);
    ok(!err.includes("other configurations"), "no session goes, or all goes");
  }
});

Deno.test("auth logout --dry-run: the same lines, nothing is changed, no other program runs", async () => {
  for (
    const [args, title] of [[["dev-admin"], "Dev-Admin (realm: lab)"], [
      ["--provider=corp"],
      "provider corp (realm: lab)",
    ], [
      ["--all"],
      "realm lab",
    ]] as const
  ) {
    const [looked, real] = [machine(), machine()];
    const { status, out, err } = await looked.logout([...args, "--dry-run"]);
    deepEqual([status, out, changes(looked)], [0, "", {}]);
    const done = (await real.logout(args)).err.split("\n").slice(1).join("\n").replaceAll("Removed:", "Would remove:");
    equal(err, `Would log out of ${title}\n${done}Nothing was removed.\n`);
  }
});

Deno.test("auth logout --dry-run: a value that only a command gives is missing; said, and never guessed", async () => {
  const env = { ATMOS_TRUST: "1" };
  const harmless = machine({ "repo/atmos.yaml": `vars: { x: !exec whoami }\n${CONFIG}` });
  const { status, err, seen } = await harmless.logout(["dev-admin", "--dry-run"], { env });
  deepEqual([status, seen.runs], [0, []]);
  match(err, /^Warning: a dry run runs no commands, so every value of !exec is empty here\nWould log out of Dev-Admin/);
  const realm = machine({ "repo/atmos.yaml": CONFIG.replace("realm: lab", "realm: !exec echo lab") });
  for (const args of [["dev-admin"], ["--all"], ["--provider", "corp"]]) {
    const refused = await realm.logout([...args, "--dry-run"], { env });
    equal(refused.status, 3);
    match(refused.err, /Error: .*auth\.realm: found the value of !exec: /);
    equal((await realm.logout([...args], { env, run: [{ status: 0, stdout: "lab\n", stderr: "" }] })).status, 0);
  }
});

Deno.test("auth logout: nothing kept is no failure", async () => {
  const files = { [`${HOME}/repo/atmos.yaml`]: CONFIG };
  for (
    const [args, title] of [[["reader"], "reader"], [["--provider=ci"], "provider ci"], [["runner"], "runner"]] as const
  ) {
    for (const more of [[], ["--dry-run"]]) {
      const { status, err } = await memoryAtmos(["auth", "logout", ...args, ...more], {
        files,
        env: { ATMOS_TRUST: "1" },
      });
      deepEqual([status, err], [0, `Nothing to remove: nothing is stored for ${title} (realm: lab).\n`]);
    }
  }
  equal((await memoryAtmos(["auth", "logout", "--all"], { files: {} })).status, 0);
});

Deno.test("auth logout: names that are not there, with those that are near; status 3, nothing removed", async () => {
  const at = machine();
  for (
    const [args, found] of [
      [["dev-admn"], 'Cannot use identity "dev-admn": there is no identity of that name, did you mean "Dev-Admin"?'],
      [
        ["--provider", "crop"],
        'Cannot log out of provider "crop": no provider has that name, did you mean "corp"?',
      ],
      [["--provider", "zzz"], 'Cannot log out of provider "zzz": no provider has that name'],
    ] as const
  ) {
    const { status, err } = await at.logout(args);
    equal(status, 3);
    equal(err.split("\n")[0], `Error: ${found}`);
  }
  deepEqual(changes(at), {});
});

Deno.test("auth logout: two selections are refused; ATMOS_IDENTITY is none", async () => {
  const at = machine();
  for (
    const args of [
      ["reader", "--all"],
      ["reader", "--provider", "corp"],
      ["--identity", "reader", "--all"],
      ["-i", "reader", "--provider", "corp"],
      ["reader", "-i", "dev-admin"],
      ["--provider", "corp", "--all"],
      ["--all-realms", "--all"],
      ["--all-realms", "--provider", "corp"],
      ["--all-realms", "--tags", "x"],
      ["reader", "--all-realms"],
    ]
  ) {
    const { status, err } = await at.logout(args);
    equal(status, 2, args.join(" "));
    match(err, /^Error: Cannot (log out of|combine) .*\nHint: Remove one of them/);
  }
  deepEqual(changes(at), {});
  const env = { ATMOS_IDENTITY: "reader" };
  equal((await at.logout(["--provider", "ci"], { env })).status, 0);
  match((await at.logout(["job", "--dry-run"], { env })).err, /stored for job/);
  match((await at.logout([], { env })).err, /Logged out of reader/);
});

Deno.test("auth logout: a broken realm or provider stops it, a broken identity does not stop --all", async () => {
  const realm = machine({ "repo/atmos.yaml": CONFIG.replace("realm: lab", "realm: -bad-") });
  for (const args of [["reader"], ["--all"], ["--provider", "corp"]]) equal((await realm.logout(args)).status, 3);
  deepEqual(changes(realm), {});
  const provider = machine({ "repo/atmos.yaml": CONFIG.replace('start_url: "https://other', 'start: "https://other') });
  const { status, err } = await provider.logout(["--provider", "other"]);
  equal(status, 3);
  match(err, /Cannot log out of provider "other": \S+atmos\.yaml:\d+:\d+: auth\.providers\.other\.start_url: missing/);
  equal((await provider.logout(["--all"])).status, 0);
  equal(changes(provider)[keptIn("other").credentials], undefined);
});

Deno.test("auth logout: a file that cannot be edited is an error, and the rest is removed", async () => {
  const at = machine({ [CORP.config]: "[profile dev-admin\nregion" });
  const foretold = await at.logout(["dev-admin", "--dry-run"]);
  match(foretold.err, /^Warning: Cannot .*config.*\nHint: /);
  const { status, err } = await at.logout(["dev-admin"]);
  equal(status, 6);
  match(err, /^Error: .*Cannot log out of Dev-Admin \(realm: lab\): not everything is removed: .*config.*\nHint: /);
  deepEqual(changes(at), {
    [CORP.credentials]: without(at.before[CORP.credentials]!, "dev-admin"),
    [SESSION.path]: undefined,
  });
});

Deno.test("auth logout: a shell that still names the profile is told", async () => {
  const env = { AWS_SHARED_CREDENTIALS_FILE: `${HOME}/${CORP.credentials}`, AWS_PROFILE: "dev-admin" };
  match(
    (await machine().logout(["dev-admin"], { env })).err,
    /unset AWS_PROFILE AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE\n$/,
  );
  ok(!(await machine().logout(["reader"], { env })).err.includes("unset"));
});

Deno.test("auth logout: where nothing is stored, logins under way are told of it, but not by a dry run", async () => {
  const list = "/home/me/.local/state/atmos/auth/logouts.json";
  const files = { "/home/me/repo/atmos.yaml": CONFIG, "/home/me/.cache/atmos/x": "" };
  for (const [flags, isTold] of [[["--dry-run"], false], [[], true]] as const) {
    const disk = diskWith(files);
    const { status, err } = await memoryAtmos(["auth", "logout", "--all", ...flags], {
      disk,
      env: { ATMOS_TRUST: "1" },
    });
    equal(status, 0, err);
    match(err, /^Nothing to remove: /);
    equal(disk.reader.lstat(list) !== undefined, isTold, flags.join(" "));
  }
});
