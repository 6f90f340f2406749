import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { fakeBrowser } from "../support/browser/fake_browser.ts";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { CONFIG, CREDENTIALS, type LoginWorld, loginWorld, NOBODY, sessionFile } from "../support/runs/login_run.ts";
import { samlWorld } from "../support/runs/saml_run.ts";
import { start, until, whileAsked } from "../support/runs/underway.ts";
import { samlXml } from "../support/saml/document.ts";
import { USER_KEY } from "../support/standin/keys.ts";

const LOGGED_OUT = /you logged out while its credentials were being requested/;
const FIRST_LOGIN = "Nothing to remove: nothing is stored for realm test.\n";

const KEYS = { ...NOBODY, KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey };
const USER = `auth:
  realm: test
  keyring: {type: system}
  identities:
    plain: {kind: aws/user, credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET}}
`;

const isStored = ({ home }: LoginWorld) => home.files().some((path) => /aws_secret/.test(home.read(path) ?? ""));

interface Case {
  readonly kind: string;
  readonly make: () => Promise<LoginWorld>;
  readonly command: readonly string[];
  readonly action: string;
}

const CASES: readonly Case[] = [
  {
    kind: "a SAML provider",
    make: () => samlWorld({ provider: "url: https://idp.example.com/aws, driver: assertion" }),
    command: ["auth", "login", "--saml-assertion", "response.xml"],
    action: "AssumeRoleWithSAML",
  },
  {
    kind: "access keys",
    make: () => loginWorld({ config: USER }),
    command: ["auth", "login", "plain"],
    action: "GetSessionToken",
  },
];

for (const { kind, make, command, action } of CASES) {
  Deno.test(`a logout while a user's first login is under way, by ${kind}: nothing is stored`, async () => {
    await using world = await make();
    world.home.write("repo/response.xml", samlXml());
    const meanwhile = () => world.run(["auth", "logout", "--all"], KEYS);
    const { out, status, stderr } = await whileAsked(world, { action, command, env: KEYS, meanwhile });
    deepEqual([out.status, out.stderr, status], [0, FIRST_LOGIN, 4], stderr);
    match(stderr, LOGGED_OUT);
    equal(isStored(world), false);
  });
}

/** A keychain's program that answers when it is let go. */
function holdKeychain({ home }: LoginWorld) {
  const script = `#!/bin/sh
touch "$HOME/asked"
until [ -e "$HOME/go" ]; do sleep 0.05; done
exit 1
`;
  home.write("bin/secret-tool", script, 0o755);
  return {
    env: { ...KEYS, PATH: `${home.at("bin")}:/usr/bin:/bin` },
    asked: () => until(() => home.read("asked") !== undefined),
    letGo: () => void home.write("go", ""),
  };
}

Deno.test("a first login that AWS answers while a logout, which has found nothing, asks the keychain: nothing is stored", async () => {
  await using world = await loginWorld({ config: USER });
  const { env, asked, letGo } = holdKeychain(world);
  const command = ["auth", "login", "plain"];
  const meanwhile = async () => {
    const logout = start(world, ["auth", "logout", "plain", "--keychain", "--force"], env);
    await asked();
    return logout;
  };
  const { out, status, stderr } = await whileAsked(world, { action: "GetSessionToken", command, env, meanwhile });
  letGo();
  await out.end();
  equal(status, 4, stderr);
  match(stderr, LOGGED_OUT);
  equal(isStored(world), false);
});

Deno.test("a logout while a login waits for another one: neither goes on, and the user is not asked again", async () => {
  await using world = await loginWorld();
  const command = ["auth", "login", "dev", "--device-code"];
  const meanwhile = async () => {
    const waiting = start(world, command, {});
    await until(() => waiting.said().includes("Another atmos is logging in to the same place"));
    equal((await world.run(["auth", "logout", "--all"], NOBODY)).status, 0);
    return waiting;
  };
  const first = await whileAsked(world, { action: "CreateToken", command, env: {}, meanwhile });
  const second = await first.out.end();
  deepEqual([first.status, second.status], [4, 4], second.stderr);
  match(second.stderr, LOGGED_OUT);
  doesNotMatch(second.stderr, /Open this page/);
  equal(sessionFile(world.home), undefined);
  equal(isStored(world), false);
});

const LINKED = `  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
`;

/** Makes stored credentials ones that are renewed, and used where that fails. */
function expireSoon({ home }: LoginWorld): void {
  const soon = new Date(Date.now() + 10 * 60_000).toISOString().replace(/\.\d+Z/, "Z");
  home.write(CREDENTIALS, home.read(CREDENTIALS)!.replace(/expiration=\S+/, `expiration=${soon}`));
}

for (const command of [["credential-process", "dev"], ["exec", "-i", "dev", "--", "echo", "started"]]) {
  Deno.test(`a logout while stored credentials are renewed: auth ${command[0]} does not fall back to them`, async () => {
    await using world = await loginWorld({ config: CONFIG + LINKED });
    equal((await world.run(["auth", "login", "dev", "--no-integrations"])).status, 0);
    expireSoon(world);
    const meanwhile = () => world.run(["auth", "logout", "--all"], NOBODY);
    const input = { action: "GetRoleCredentials", command: ["auth", ...command], meanwhile };
    const { out, status, stdout, stderr } = await whileAsked(world, input);
    deepEqual([out.status, status, stdout], [0, 4, ""], stderr);
    match(stderr, LOGGED_OUT);
    equal(isStored(world), false);
    deepEqual(world.home.files().filter((path) => /docker\/config\.json|kube\/config/.test(path)), []);
  });
}

Deno.test("a logout while a sign-in in the browser is renewed: the browser is not opened again", async () => {
  const config = `auth:
  realm: test
  keyring: {type: memory}
  identities:
    Me: {kind: aws/user, default: true, credentials: {region: us-east-2}}
`;
  await using world = await loginWorld({ config });
  const browser = fakeBrowser(world);
  equal((await world.run(["auth", "login"], browser.env)).status, 0);
  const meanwhile = () => world.run(["auth", "logout", "--all"], NOBODY);
  const input = { action: "CreateOAuth2Token", command: ["auth", "login", "--force"], env: browser.env, meanwhile };
  const { out, status, stderr } = await whileAsked(world, input);
  deepEqual([out.status, status, browser.opened().length], [0, 4, 1], stderr);
  match(stderr, LOGGED_OUT);
  const kept = world.home.files().filter((path) => path.endsWith("/refresh.json"));
  deepEqual([isStored(world), kept], [false, []]);
});

Deno.test("new access keys while a login with the former ones is under way: it stores nothing", async () => {
  const config = `auth:
  realm: test
  keyring: {type: file}
  identities:
    Glass: {kind: aws/user, credentials: {region: us-west-2}}
`;
  await using world = await loginWorld({ config });
  const env = { ...NOBODY, ATMOS_KEYRING_PASSWORD: "correct horse battery" };
  const configure = (id: string) =>
    runAtmos(["auth", "user", "configure", "--force", "--access-key-id", id, "--secret-access-key-stdin"], {
      env: world.env(env),
      cwd: world.home.at("repo"),
      stdin: `${USER_KEY.secretAccessKey}\n`,
    });
  equal((await configure(USER_KEY.accessKeyId)).status, 0);
  const meanwhile = () => configure("AKIAI44QH8DHBEXAMPLE");
  const input = { action: "GetSessionToken", command: ["auth", "login", "glass"], env, meanwhile };
  const { out, status, stderr } = await whileAsked(world, input);
  deepEqual([out.status, status], [0, 4], stderr);
  match(stderr, LOGGED_OUT);
  equal(isStored(world), false);
});
