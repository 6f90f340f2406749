import { deepEqual, equal, match, ok } from "node:assert/strict";
import { memoryAtmos } from "../../../../support/atmos/memory_atmos.ts";
import { CONFIG, keptIn, section } from "../../../../support/config/stored_logins.ts";
import { changes, CORP, HOME, LATER, machine, OTHER, SESSION, THEIRS } from "./logged_in_machine.ts";

const TERMINAL = { tty: { stdin: true, stderr: true }, env: { NO_COLOR: "1" } };

Deno.test("auth logout alone: the user chooses an identity, a provider or all, whatever the default is", async () => {
  const answers = {
    "1": "Dev-Admin (realm: lab)",
    "reader": "reader (realm: lab)",
    "CORP": "provider corp (realm: lab)",
    "all": "realm lab",
  };
  for (const [answer, title] of Object.entries(answers)) {
    const at = machine();
    const { status, err } = await at.logout([], { ...TERMINAL, lines: [answer] });
    equal(status, 0, err);
    match(err, /^Log out of what\?\n {2}1 {2}Dev-Admin \(identity, 123456789012, default, valid for 58m, Admin\)\n/);
    match(err, /\n {2}7 {2}runner \(identity, aws\/ambient\)\n {2}8 {2}corp \(provider, with all identities reached /);
    match(err, /\n {2}12 {2}all \(everything of this realm\)\nNumber or name: /);
    ok(err.includes(`✓ Logged out of ${title}\n`), err);
  }
  const none = machine();
  const { status, err } = await none.logout([], { ...TERMINAL, lines: [""] });
  deepEqual([status, changes(none)], [130, {}]);
  match(err, /Cancelled: nothing selected/);
});

Deno.test("auth logout alone: without a terminal it is an error that says what there is, and nothing is removed", async () => {
  for (const options of [{}, { tty: { stdin: true } }, { ...TERMINAL, env: { NO_COLOR: "1", CI: "true" } }]) {
    for (const args of [[], ["--dry-run"], ["--keychain", "--force"]]) {
      const at = machine();
      const { status, err } = await at.logout(args, options);
      deepEqual([status, changes(at)], [2, {}]);
      match(
        err,
        /^Error: Cannot log out: no identity or provider was given, and there is no terminal to ask at\nHint: Specify an /,
      );
      match(err, /\(Dev-Admin, deployer, .*\), or use --provider NAME, --tags TAGS or --all\n$/);
    }
  }
  const empty = await memoryAtmos(["auth", "logout"], { files: {}, ...TERMINAL });
  equal(empty.status, 2);
});

Deno.test("auth logout --tags: identities and providers with one of them, and what ever came through these", async () => {
  const tagged = CONFIG.replace("other: {", "other: { tags: [far, ops],").replace(
    "    reader:",
    "    reader:\n      tags: [ops]",
  );
  const at = machine({ "repo/atmos.yaml": tagged, [keptIn("other").credentials]: section("gone-too", LATER) });
  const { status, err } = await at.logout(["--tags", "far"]);
  equal(status, 0, err);
  match(err, /^✓ Logged out of identities and providers tagged far \(realm: lab\)\n {2}Removed: profile gone-too in /);
  deepEqual(changes(at), { [keptIn("other").credentials]: undefined, [OTHER.path]: undefined });
  const both = machine({ "repo/atmos.yaml": tagged });
  equal((await both.logout(["--tags=ops,nope"])).status, 0);
  deepEqual(
    Object.keys(changes(both)).sort(),
    [
      ...[CORP.credentials, CORP.config, keptIn("other").credentials, OTHER.path, SESSION.path],
    ].sort(),
  );
  const none = await at.logout(["--tags", "nope"]);
  deepEqual([none.status, none.err], [
    3,
    'Error: Cannot log out: no identity and no provider has the tag "nope"\nHint: Available tags: far, ops\n',
  ]);
});

Deno.test("auth logout --all-realms: every login of whatever configuration; what others put there stays", async () => {
  const prod = ".config/atmos/prod/aws/corp/credentials";
  const stray = ".cache/atmos/aws-sso/sessions/0123456789abcdef0123456789abcdef01234567.json";
  const selector = ".local/state/atmos/kube/selectors/prod/dev-admin/env-0";
  const more = { [stray]: "{", [selector]: "x", ".config/atmos/notes/mine": "a", ".config/atmos/kube/config": "b" };
  const broken = { "repo/atmos.yaml": "auth: {realm: -bad-, identities: 3}" };
  for (const [files, cwd] of [[{}, `${HOME}/repo`], [broken, `${HOME}/repo`], [{}, HOME]] as const) {
    const at = machine({ ...more, ...files });
    const dry = await at.logout(["--all-realms", "--dry-run"], { cwd });
    deepEqual([dry.status, changes(at)], [0, {}], dry.err);
    const { status, err } = await at.logout(["--all-realms"], { cwd, env: { ATMOS_TRUST: "0" } });
    equal(status, 0, err);
    match(err, /✓ Logged out of all realms\n/);
    match(err, /\n {2}Removed: session of unknown origin in \S+0123456789abcdef01234567\.json\n/);
    const credentials = ["corp-eu", "other", "ci", "old/nested"].map((one) => [keptIn(one).credentials, undefined]);
    deepEqual(changes(at), {
      ...Object.fromEntries(credentials),
      [CORP.credentials]: THEIRS,
      [CORP.config]: "# config\n",
      [prod]: undefined,
      [SESSION.path]: undefined,
      [OTHER.path]: undefined,
      [stray]: undefined,
      [selector]: undefined,
    });
    const again = await at.logout(["--all-realms"], { cwd });
    deepEqual([again.status, again.err.split("\n").at(-2)], [
      0,
      "Nothing to remove: nothing is stored for all realms.",
    ]);
  }
});

Deno.test("auth logout: sign-ins with the browser of its realm alone, however the names end", async () => {
  const at = (name: string) => `.cache/atmos/aws-webflow/${name}/refresh.json`;
  const user = "  identities:\n    me: { kind: aws/user }\n";
  const files = {
    "repo/atmos.yaml": CONFIG.replace("  identities:\n", user),
    ".config/atmos/my-lab/aws/corp/credentials": section("far", LATER),
    [at("me-lab")]: "{}",
    [at("gone-lab")]: "{}",
    [at("me-my-lab")]: "{}",
    [at("me-prod")]: "{}",
  };
  const gone: Record<string, readonly string[]> = {
    "me": ["me-lab"],
    "--all": ["gone-lab", "me-lab"],
    "--all-realms": ["gone-lab", "me-lab", "me-my-lab", "me-prod"],
    "reader": [],
  };
  for (const [argument, names] of Object.entries(gone)) {
    const one = machine(files);
    const { status, err } = await one.logout([argument]);
    equal(status, 0, err);
    const left = Object.keys(changes(one)).filter((path) => path.includes("aws-webflow")).sort();
    deepEqual(left, names.map(at), argument);
  }
});
