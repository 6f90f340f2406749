import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { runAtmos, type RunOutcome } from "../support/atmos/run_atmos.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import { desktopKeychain } from "../support/machine/desktop_keychain.ts";
import { fakeSecretTool } from "../support/machine/fake_secret_tool.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { terminalDialogue } from "../support/terminal/dialogue.ts";

const CONFIGURE = ["auth", "user", "configure"];
const MFA = "arn:aws:iam::123456789012:mfa/glass";
const PASSWORD = "correct horse battery";
const { accessKeyId: ID, secretAccessKey: SECRET } = USER_KEY;
const FILE = ".local/share/atmos/keyring/atmos_test_glass";

const config = (keyring: string) =>
  `auth:
  realm: test
  keyring: {type: ${keyring}}
  identities:
    Glass: {kind: aws/user, credentials: {region: us-west-2}}
    runner: {kind: aws/ambient, default: true}
`;
const FILES = { config: config("file") };
const SYSTEM = { config: config("system") };
const SCRIPTED = [...CONFIGURE, "--access-key-id", ID, "--secret-access-key-stdin"];

interface Scripted {
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Without a terminal; the secret on stdin, and the password in its variable. */
async function scripted(world: LoginWorld, { args = SCRIPTED, stdin = `${SECRET}\n`, env }: Scripted = {}) {
  const variables = world.env({ ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD, ...env });
  return await runAtmos(args, { env: variables, cwd: world.home.at("repo"), stdin });
}

/** No secret anywhere: neither in what was printed nor in any file of the home, in no encoding. */
function assertSecret(world: LoginWorld, outputs: readonly string[]): void {
  const bare = [SECRET, PASSWORD];
  const hidden = bare.flatMap((text) => [text, btoa(text).slice(0, -4), new TextEncoder().encode(text).toHex()]);
  const files = world.home.files().map((path) => world.home.read(path)!);
  for (const text of [...outputs, ...files]) {
    for (const one of hidden) ok(!text.includes(one), `${one} is in ${text}`);
  }
}

function text({ stdout, stderr }: RunOutcome): string {
  return stdout + stderr;
}

Deno.test("auth user configure: asked for at a terminal, kept encrypted, and used by a login with MFA", async () => {
  if (!hasProgram("script", "auth user configure: terminal")) return;
  await using world = await loginWorld(FILES);
  const place = { cwd: world.home.at("repo"), env: world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! }) };
  const { status, shown } = await terminalDialogue({
    ...place,
    args: CONFIGURE,
    answers: [
      ["Access key id: ", ID.toLowerCase()],
      ["Access key id: ", `  ${ID} `],
      ["Secret access key (not shown): ", SECRET],
      ["ARN of the MFA device (Enter to skip): ", MFA],
      ["characters or more: ", PASSWORD],
      ["Repeat the password: ", PASSWORD],
    ],
  });
  equal(status, 0, shown);
  match(shown, /Invalid: it is written in capital letters\.\r\n/);
  match(
    shown,
    /✓ Stored key AKIAIOSFODNN7EXAMPLE of identity "Glass"\r\n {2}Where: the encrypted files in \/.*keyring\r\n/,
  );
  match(shown, /\r\n {2}Next: {2}atmos auth login Glass\r\n/);
  match(shown, / icanon .* echo /s);
  equal(Deno.statSync(world.home.at(FILE)).mode! & 0o777, 0o600);
  equal(Deno.statSync(world.home.at(".local/share/atmos/keyring")).mode! & 0o777, 0o700);
  const login = await terminalDialogue({
    ...place,
    args: ["auth", "login", "glass"],
    answers: [["/atmos/keyring: ", "wrong"], ["/atmos/keyring: ", PASSWORD], ["mfa/glass: ", "123456"]],
  });
  equal(login.status, 0, login.shown);
  match(login.shown, /Wrong password\. Password of the keyring .*\r\n/);
  deepEqual(
    world.aws.calls.map(({ action, parameters }) => [action, parameters["SerialNumber"], parameters["TokenCode"]]),
    [["GetSessionToken", MFA, "123456"], ["GetCallerIdentity", undefined, undefined]],
  );
  assertSecret(world, [shown, login.shown]);
  world.aws.assertDone();
});

Deno.test("a user whose keys are variables has those of the keyring where they are not set, with the MFA device of there", async () => {
  const glass = `    Glass:
      kind: aws/user
      credentials:
        access_key_id: !env SHOP_KEY_ID
        secret_access_key: !env SHOP_SECRET_KEY
        mfa_arn: !env SHOP_MFA
        region: !env SHOP_REGION
      session: {duration: 24h}
`;
  await using world = await loginWorld({ config: config("file").replace(/ {4}Glass.*\n/, glass) });
  const check = await world.run(["auth", "validate"]);
  equal(check.status, 0, check.stderr);
  equal((await scripted(world)).status, 0);
  const password = { ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD };
  const without = await world.run(["auth", "login", "glass"], password);
  equal(without.status, 3, without.stderr);
  match(
    without.stderr,
    /atmos\.yaml:\d+:\d+: .*longer than 12h, and the keyring has no MFA device for it\nHint: .*--mfa-arn ARN/,
  );
  equal((await scripted(world, { args: [...SCRIPTED, "--force", "--mfa-arn", MFA] })).status, 0);
  const half = await world.run(["auth", "validate"], { SHOP_KEY_ID: ID });
  equal(half.status, 3);
  match(half.stderr, /must have both access_key_id and secret_access_key, or neither/);
  if (!hasProgram("script", "a session of 24h with MFA from the keyring")) return;
  const login = await terminalDialogue({
    args: ["auth", "login", "glass"],
    answers: [["/atmos/keyring: ", PASSWORD], ["mfa/glass: ", "123456"]],
    cwd: world.home.at("repo"),
    env: world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! }),
  });
  equal(login.status, 0, login.shown);
  const { action, parameters } = world.aws.calls.at(-2)!;
  deepEqual([action, parameters["SerialNumber"], parameters["DurationSeconds"]], ["GetSessionToken", MFA, "86400"]);
});

Deno.test("auth user configure: Ctrl-C at a hidden question: 130, nothing written, and the terminal shows keys again", async () => {
  if (!hasProgram("script", "auth user configure: Ctrl-C")) return;
  await using world = await loginWorld(FILES);
  const { status, shown } = await terminalDialogue({
    args: [...CONFIGURE, "--access-key-id", ID],
    answers: [["(not shown): ", "half\x03"]],
    cwd: world.home.at("repo"),
    env: world.env({ ...NOBODY, PATH: Deno.env.get("PATH")! }),
  });
  equal(status, 130, shown);
  match(shown, / icanon .* echo /s);
  doesNotMatch(shown, /half/);
  deepEqual(world.home.files(), ["repo/atmos.yaml"]);
});

Deno.test("auth user configure: from a script; replaced only with --force; gone with --delete", async () => {
  await using world = await loginWorld(FILES);
  const first = await scripted(world);
  deepEqual([first.status, first.stdout], [0, ""], first.stderr);
  const login = await world.run(["auth", "login", "glass"], { ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD });
  equal(login.status, 0, login.stderr);
  equal(world.aws.calls.at(-1)!.principal, USER_KEY.principal);
  const again = await scripted(world);
  equal(again.status, 2);
  match(
    again.stderr,
    /^Error: Cannot replace .* "Glass": the keyring has key AKIAIOSFODNN7EXAMPLE for it\nHint: .*--force …\n$/,
  );
  const before = world.home.read(FILE);
  const forced = await scripted(world, { args: [...SCRIPTED, "--force", "--mfa-arn", MFA] });
  equal(forced.status, 0, forced.stderr);
  ok(before !== world.home.read(FILE));
  equal((await world.run(["auth", "status", "glass"])).stdout, "Glass: not logged in\n");
  const unasked = await world.run(["auth", "login", "glass", "--force"], {
    ...NOBODY,
    ATMOS_KEYRING_PASSWORD: PASSWORD,
  });
  match(unasked.stderr, /"Glass": it needs a code from its MFA device\n/);
  const gone = await world.run([...CONFIGURE, "--delete"], NOBODY);
  equal(gone.status, 0);
  match(
    gone.stderr,
    /^Removed the keys of identity "Glass" from the encrypted files in \/.*\n.*: atmos auth logout Glass\n$/,
  );
  equal(world.home.read(FILE), undefined);
  match((await world.run([...CONFIGURE, "--delete"], NOBODY)).stderr, /^Nothing to remove: there are no keys of/);
  const keyless = await world.run(["auth", "login", "glass", "--force"], NOBODY);
  equal(keyless.status, 4);
  match(
    keyless.stderr,
    /^Error: .*neither atmos\.yaml nor the keyring has .*\nHint: Log in at .*\nHint: .* configure --identity Glass\n$/,
  );
  assertSecret(world, [first, login, again, forced, unasked, gone, keyless].map(text));
});

Deno.test("auth user configure: asks before it replaces; no leaves all as it was", async () => {
  if (!hasProgram("script", "auth user configure: replacing")) return;
  await using world = await loginWorld(FILES);
  await scripted(world);
  const before = world.home.read(FILE);
  const env = world.env({ ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD, PATH: Deno.env.get("PATH")! });
  const { status, shown } = await terminalDialogue({
    args: CONFIGURE,
    answers: [["Replace it? [y/N] ", "n"]],
    cwd: world.home.at("repo"),
    env,
  });
  equal(status, 130, shown);
  match(shown, /Identity "Glass": the keyring has key AKIAIOSFODNN7EXAMPLE for it, in the encrypted files in/);
  equal(world.home.read(FILE), before);
});

Deno.test("auth user configure: a wrong, missing or short password: exit status and words; the file stays", async () => {
  await using world = await loginWorld(FILES);
  const short = await scripted(world, { env: { ATMOS_KEYRING_PASSWORD: "short" } });
  equal(short.status, 2);
  match(short.stderr, /ATMOS_KEYRING_PASSWORD is too short\nHint: Choose one of 8 characters or more/);
  await scripted(world);
  const before = world.home.read(FILE);
  const force = [...SCRIPTED, "--force"];
  const wrong = await scripted(world, { args: force, env: { ATMOS_KEYRING_PASSWORD: "wrong password" } });
  equal(wrong.status, 4);
  match(
    wrong.stderr,
    /^Error: Cannot open keyring "\/.*": the password is wrong, or the file was changed\nHint: .*: rm \/.*\n$/,
  );
  const missing = await scripted(world, { args: force, env: { ATMOS_KEYRING_PASSWORD: "" } });
  equal(missing.status, 4);
  match(missing.stderr, /its password was not given\nHint: Run this at a terminal, or set ATMOS_KEYRING_PASSWORD\n$/);
  equal(world.home.read(FILE), before);
  world.home.write(FILE, before!.slice(0, 200));
  const cut = await world.run(["auth", "login", "glass"], { ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD });
  equal(cut.status, 3);
  match(cut.stderr, /^Error: Cannot open keyring "\/.*": it is truncated or not a keyring file\nHint: .*\n$/);
  equal(world.home.read(FILE), before!.slice(0, 200));
  assertSecret(world, [short, wrong, missing, cut].map(text));
});

Deno.test("auth user configure: bad and missing input: exit 2 with what to type, nothing written", async () => {
  await using world = await loginWorld(FILES);
  const cases = [
    [CONFIGURE, "", /^Error: .*"Glass": there is no terminal\nHint: .*--identity Glass --access-key-id AKIA… --secret/],
    [SCRIPTED, "short\n", /^Error: Cannot use the secret access key: it is 40 characters without spaces\n/],
    [SCRIPTED, `${ID}\n`, /: that is the id of a key, not its secret\n/],
    [SCRIPTED, "", /Cannot use the secret access key/],
    [[...SCRIPTED, "--mfa-arn", "123456"], `${SECRET}\n`, /Cannot use the ARN of the MFA device: it is like arn:aws/],
    [
      [...CONFIGURE, "--access-key-id", "ASIAIOSFODNN7EXAMPLE", "--secret-access-key-stdin"],
      SECRET,
      /temporary session/,
    ],
    [[...SCRIPTED, "runner"], SECRET, /"runner": it is of kind aws\/ambient.*\n.*Hint: Use one that is: Glass\n/s],
    [[...CONFIGURE, "--delete", "--access-key-id", ID], "", /--delete/],
  ] as const;
  for (const [args, stdin, found] of cases) {
    const outcome = await scripted(world, { args, stdin });
    match(outcome.stderr, found);
    equal(outcome.status, 2, outcome.stderr);
    assertSecret(world, [text(outcome)]);
  }
  const unknown = await scripted(world, { args: [...SCRIPTED, "-i", "glas"] });
  equal(unknown.status, 3);
  match(unknown.stderr, /did you mean "Glass"\?/);
  const memory = await scripted(world, { env: { ATMOS_KEYRING_TYPE: "memory" } });
  equal(memory.status, 3);
  match(memory.stderr, /a keyring of type memory is gone when this command ends\n/);
  deepEqual(world.home.files(), ["repo/atmos.yaml"]);
});

Deno.test("auth user configure: no identity of kind aws/user; keys that atmos.yaml gives itself win", async () => {
  await using none = await loginWorld({ config: "auth: {identities: {runner: {kind: aws/ambient}}}\n" });
  const unattended = await scripted(none);
  equal(unattended.status, 3);
  match(unattended.stderr, /^Error: Cannot choose an identity: atmos\.yaml has no aws\/user identity/);
  const own = `auth:
  realm: test
  keyring: {type: file}
  identities:
    Glass: {kind: aws/user, credentials: {access_key_id: AKIAOTHERDNN7EXAMPLE, secret_access_key: other}}
`;
  await using world = await loginWorld({ config: own });
  const { status, stderr } = await scripted(world);
  equal(status, 0, stderr);
  match(
    stderr,
    /^Note: atmos\.yaml defines access keys for identity "Glass"; they take precedence until they are removed/,
  );
});

Deno.test("auth user configure: the desktop's keychain: the secret in no argument, and a login finds it", async () => {
  await using world = await loginWorld(SYSTEM);
  using tool = fakeSecretTool();
  const env = { PATH: `${tool.directory}:/usr/bin:/bin` };
  const kept = await scripted(world, { env });
  equal(kept.status, 0, kept.stderr);
  match(kept.stderr, /\n {2}Where: the desktop's keychain \(secret-tool\)\n/);
  const login = await world.run(["auth", "login", "glass"], { ...NOBODY, ...env });
  equal(login.status, 0, login.stderr);
  match(
    tool.arguments(),
    /^lookup\nservice\natmos_test_glass\nusername\natmos-auth\nstore\n--label=atmos_test_glass\n/,
  );
  ok(!tool.arguments().includes(SECRET) && !tool.arguments().includes("EXAMPLE"));
  const gone = await world.run([...CONFIGURE, "--delete"], { ...NOBODY, ...env });
  match(gone.stderr, /^Removed the keys/);
  match((await world.run([...CONFIGURE, "--delete"], { ...NOBODY, ...env })).stderr, /^Nothing to remove/);
  assertSecret(world, [kept, login, gone].map(text));
});

Deno.test("auth user configure: a real Secret Service, with whatever is in a name", async () => {
  const name = `it's "a" \\ näme`;
  await using world = await loginWorld({ config: SYSTEM.config.replace("Glass:", `${JSON.stringify(name)}:`) });
  await using keychain = await desktopKeychain(world.home, "auth user configure: a real Secret Service");
  if (keychain === undefined) return;
  const none = await world.run(["auth", "login", name], { ...NOBODY, ...keychain.env });
  match(none.stderr, /neither atmos\.yaml nor the keyring has access keys for it\n/);
  const kept = await scripted(world, { env: keychain.env });
  equal(kept.status, 0, kept.stderr);
  const login = await world.run(["auth", "login", name], { ...NOBODY, ...keychain.env });
  equal(login.status, 0, login.stderr);
  match((await scripted(world, { env: keychain.env })).stderr, /the keyring has key AKIAIOSFODNN7EXAMPLE for it/);
  const gone = await world.run([...CONFIGURE, "--delete"], { ...NOBODY, ...keychain.env });
  match(gone.stderr, /^Removed the keys/);
  match((await world.run([...CONFIGURE, "--delete"], { ...NOBODY, ...keychain.env })).stderr, /^Nothing to remove/);
});

Deno.test("auth user configure: a keychain that is locked, and none at all: the other types are named", async () => {
  await using world = await loginWorld(SYSTEM);
  using tool = fakeSecretTool("hangs");
  const locked = await world.run(["auth", "login", "glass"], { ...NOBODY, PATH: `${tool.directory}:/usr/bin:/bin` });
  equal(locked.status, 4);
  match(
    locked.stderr,
    /: no answer within 2 s, it may be locked\nHint: Unlock it, then try again: secret-tool lookup /,
  );
  match(locked.stderr, /ATMOS_KEYRING_TYPE=file\n$/);
  const none = await scripted(world, { env: { PATH: world.home.at("empty") } });
  equal(none.status, 3);
  match(
    none.stderr,
    /: secret-tool is not installed\nHint: Install it .*libsecret-tools.*ATMOS_KEYRING_TYPE=file\n$/,
  );
});

Deno.test("auth logout --keychain: the access keys as well; asks first, and without a terminal needs --force", async () => {
  await using world = await loginWorld(FILES);
  await scripted(world);
  const env = { ...NOBODY, ATMOS_KEYRING_PASSWORD: PASSWORD };
  await world.run(["auth", "login", "glass"], env);
  const LOGOUT = ["auth", "logout", "glass"];
  equal((await world.run(LOGOUT, env)).status, 0);
  ok(world.home.read(FILE));
  const unasked = await world.run([...LOGOUT, "--keychain"], env);
  equal(unasked.status, 2);
  match(unasked.stderr, /^Error: .*the access keys of Glass from the keyring: .*\nHint: .*--keychain --force\n$/);
  const dry = await world.run([...LOGOUT, "--keychain", "--dry-run"], env);
  match(dry.stderr, / {2}Would remove: access keys of Glass, if the keyring has any\n/);
  ok(world.home.read(FILE));
  const gone = await world.run([...LOGOUT, "--keychain", "--force"], env);
  equal(gone.status, 0);
  match(gone.stderr, /✓ Logged out of Glass .*\n {2}Removed: access keys of Glass in the encrypted files in \//);
  equal(world.home.read(FILE), undefined);
  match((await world.run([...LOGOUT, "--keychain", "--force"], env)).stderr, /^Nothing to remove/);
});
