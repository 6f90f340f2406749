import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { EXPIRED_KEY, keyEnv, USER_KEY } from "../support/standin/keys.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { CONFIG, keptIn, section, sessionFile, START } from "../support/config/stored_logins.ts";

const CORP = keptIn("corp").credentials;
const ADMIN = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/dev";
const SECRETS = /kept-secret-key|kept-token|hunter2|standin\/secret|session\+token|access-token-x|refresh-token/;

interface Place {
  readonly home: TempHome;
  readonly standin: Standin;
  readonly whoami: (args?: readonly string[], env?: Readonly<Record<string, string>>) => ReturnType<typeof runAtmos>;
}

function end(ms: number): string {
  return new Date(Date.now() + ms).toISOString().replace(/\.\d+/, "");
}

function test(name: string, options: StandinOptions, fn: (place: Place) => Promise<void>): void {
  Deno.test(`auth whoami: ${name}`, async () => {
    using home = tempHome();
    await using standin = await startStandin({ sso: { accessTokens: ["access-token-x"] }, ...options });
    home.write("repo/atmos.yaml", CONFIG);
    const base = { AWS_ENDPOINT_URL: standin.url, ATMOS_FORCE_TTY: "1", AWS_MAX_ATTEMPTS: "1", ATMOS_TRUST: "1" };
    const whoami: Place["whoami"] = async (args = [], env = {}) => {
      const options = { env: home.env({ ...base, ...env }), cwd: home.at("repo") };
      const run = await runAtmos(["auth", "whoami", ...args], options);
      ok(!SECRETS.test(run.stdout + run.stderr), "a secret is shown");
      return run;
    };
    await fn({ home, standin, whoami });
    standin.assertDone();
  });
}

async function keepSession({ home }: Place, expiresAt: string, startUrl = START): Promise<void> {
  const { path, text } = await sessionFile({ startUrl, region: "us-east-1", expiresAt });
  home.write(path, text);
}

/** Kept credentials that the stand-in knows. */
const KNOWN = {
  keys: [{ accessKeyId: "ASIA1", secretAccessKey: "kept-secret-key", sessionToken: "kept-token", principal: ADMIN }],
};

test("kept credentials, proved by AWS", { ...KNOWN, expects: ["GetCallerIdentity"] }, async ({ home, whoami }) => {
  home.write(CORP, section("dev-admin", end(3_660_000)));
  const { status, stdout, stderr } = await whoami();
  deepEqual([status, stderr], [0, ""]);
  const expires = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(1h 0m\)`;
  match(
    stdout,
    new RegExp(
      `^Realm      lab \\(config\\)
Provider   corp
Identity   Dev-Admin
Principal  ${ADMIN}
Account    123456789012
Region     us-east-2
Expires    ${expires}
$`,
    ),
  );
});

test("as data, with secrets left out and HOME as ~", KNOWN, async ({ home, standin, whoami }) => {
  const expiration = end(3_660_000);
  home.write(CORP, section("dev-admin", expiration));
  const { status, stdout, stderr } = await whoami(["dev-admin"], { ATMOS_AUTH_WHOAMI_OUTPUT: "json" });
  deepEqual([status, stderr], [0, ""]);
  const { ATMOS_IDENTITY_FINGERPRINT: fingerprint } = JSON.parse(stdout).environment;
  match(fingerprint, /^[0-9a-f]{16}:Dev-Admin$/);
  deepEqual(JSON.parse(stdout), {
    realm: "lab",
    realm_source: "config",
    provider: "corp",
    identity: "Dev-Admin",
    principal: ADMIN,
    account: "123456789012",
    user_id: "AIDAEXAMPLE",
    region: "us-east-2",
    expiration,
    environment: {
      ATMOS_IDENTITY: "Dev-Admin",
      ATMOS_IDENTITY_CONFIG: "~/repo",
      ATMOS_IDENTITY_FINGERPRINT: fingerprint,
      AWS_SHARED_CREDENTIALS_FILE: `~/${CORP}`,
      AWS_CONFIG_FILE: `~/${keptIn("corp").config}`,
      AWS_PROFILE: "dev-admin",
      AWS_REGION: "us-east-2",
      AWS_DEFAULT_REGION: "us-east-2",
      AWS_CREDENTIAL_EXPIRATION: expiration,
      APP_PASSWORD: "***REDACTED***",
      STAGE: "dev",
    },
    credentials_file: home.at(CORP),
    config_file: home.at(keptIn("corp").config),
  });
  equal(standin.calls[0]?.region, "us-east-2");
});

const RENEWAL = { expects: ["GetRoleCredentials", "GetCallerIdentity"] };

test("expired credentials are renewed with the session that is kept", RENEWAL, async (at) => {
  at.home.write(CORP, section("dev-admin", end(-1000)));
  await keepSession(at, end(3_600_000));
  const { status, stdout, stderr } = await at.whoami();
  equal(status, 0, stderr);
  match(stdout, /Principal {2}arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Admin\/dev\n/);
  match(at.home.read(CORP)!, /^; atmos: expiration=\S+\n\[dev-admin\]\naws_access_key_id = ASIASTANDIN/);
});

test(
  "not logged in: status 4 with the command to type, and no browser though a person is there",
  { expects: [] },
  async (at) => {
    for (const kept of [undefined, section("dev-admin", end(-1000))]) {
      if (kept !== undefined) at.home.write(CORP, kept);
      const { status, stdout, stderr } = await at.whoami();
      deepEqual([status, stdout], [4, ""]);
      match(stderr, /^Error: Cannot use .*: there is none, or it has expired\nHint: .*: atmos auth login Dev-Admin\n$/);
    }
  },
);

test(
  "credentials that AWS takes no longer: what to type to get others",
  { expects: ["GetCallerIdentity"] },
  async (at) => {
    at.home.write(CORP, section("dev-admin", end(3_600_000)));
    const { status, stdout, stderr } = await at.whoami();
    deepEqual([status, stdout], [4, ""]);
    equal(
      stderr,
      'Error: Cannot use identity "Dev-Admin" of account 123456789012: AWS refuses its credentials (InvalidClientTokenId)\n' +
        "Hint: They may have been revoked. Get new ones: atmos auth login Dev-Admin --force\n",
    );
  },
);

test("AWS in trouble is not taken for a refusal", {
  ...KNOWN,
  faults: { GetCallerIdentity: [{ error: { status: 500, code: "InternalFailure" } }] },
}, async (at) => {
  at.home.write(CORP, section("dev-admin", end(3_600_000)));
  const { status, stderr } = await at.whoami();
  equal(status, 7);
  match(stderr, /^Error: Cannot get the caller identity of the AWS credentials: .*InternalFailure/);
  const offline = await at.whoami([], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
  equal(offline.status, 7);
});

test("the environment's own credentials", { expects: ["GetCallerIdentity"] }, async ({ whoami }) => {
  const { status, stdout, stderr } = await whoami(["runner"], { ...keyEnv(USER_KEY), AWS_REGION: "eu-west-1" });
  equal(status, 0, stderr);
  equal(
    stdout,
    `Realm      lab (config)\nIdentity   runner\nPrincipal  ${USER_KEY.principal}\nAccount    123456789012\n`,
  );
});

test("the environment's own credentials have a hint of their own", {}, async ({ whoami }) => {
  const { status, stderr } = await whoami(["runner"], { ...keyEnv(EXPIRED_KEY), AWS_REGION: "eu-west-1" });
  equal(status, 4);
  ok(!stderr.includes("atmos auth login"), stderr);
});

test("an unknown name is 3", { expects: [] }, async ({ whoami }) => {
  const { status, stderr } = await whoami(["dev-admni"]);
  equal(status, 3);
  match(stderr, /did you mean "Dev-Admin" or "eu-admin"\?/);
});
