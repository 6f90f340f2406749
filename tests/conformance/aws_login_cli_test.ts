import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import type { StandinOptions } from "../support/standin/world.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

/** The stand-in's logins, proved by a stranger: the real AWS CLI goes through each of them. */
const present = hasProgram("aws", "the AWS CLI logs in at the stand-in");

interface Place {
  readonly standin: Standin;
  readonly home: TempHome;
}

interface Cli {
  readonly stdout: string;
  readonly stderr: string;
}

async function aws({ standin, home }: Place, args: readonly string[]): Promise<Cli> {
  const inherited = ["PATH", "PYENV_ROOT", "PYENV_VERSION"].flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const own = { AWS_ENDPOINT_URL: standin.url, AWS_EC2_METADATA_DISABLED: "true", AWS_MAX_ATTEMPTS: "2" };
  const keys = args.includes("--profile") ? {} : keyEnv(USER_KEY);
  const output = await new Deno.Command("aws", {
    args: [...args, "--region", "us-east-2", "--output", "json"],
    clearEnv: true,
    env: { ...Object.fromEntries(inherited), ...home.env(keys), ...own },
    stdin: "null",
  }).output();
  const [stdout = "", stderr = ""] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { stdout, stderr };
}

/** What it prints, which must be JSON. */
async function json(place: Place, args: readonly string[]) {
  const { stdout, stderr } = await aws(place, args);
  assert.match(stdout, /^\{/, stderr);
  return JSON.parse(stdout);
}

function test(name: string, options: StandinOptions, fn: (place: Place) => Promise<void>): void {
  Deno.test({
    name: `stand-in: ${name}`,
    ignore: !present,
    async fn() {
      await using standin = await startStandin({ sso: {}, ...options });
      using home = tempHome();
      await fn({ standin, home });
      standin.assertDone();
    },
  });
}

const OIDC = ["sso-oidc"];
const REGISTER = [...OIDC, "register-client", "--client-name", "cli", "--client-type", "public"];
const START = "https://corp.awsapps.com/start";
/** As JSON, since it would open a URL that it is given as a word. */
const AT = ["--cli-input-json", JSON.stringify({ startUrl: START })];
const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

test(
  "a device flow of the AWS CLI, and what it may use then",
  { sso: { device: ["pending"] }, pageSize: 1 },
  async (place) => {
    const { clientId, clientSecret } = await json(place, REGISTER);
    const client = ["--client-id", clientId, "--client-secret", clientSecret];
    const started = await json(place, [...OIDC, "start-device-authorization", ...client, ...AT]);
    const token = [...OIDC, "create-token", ...client, "--grant-type", DEVICE, "--device-code", started.deviceCode];
    assert.match((await aws(place, token)).stderr, /AuthorizationPendingException/);
    const { accessToken } = await json(place, token);
    const bearer = ["--access-token", accessToken];
    assert.equal((await json(place, ["sso", "list-accounts", ...bearer])).accountList[0].accountName, "dev");
    const roles = await json(place, ["sso", "list-account-roles", "--account-id", "123456789012", ...bearer]);
    assert.deepEqual(roles.roleList.map((one: { roleName: string }) => one.roleName), ["Admin", "ReadOnly"]);
    const role = ["sso", "get-role-credentials", "--account-id", "123456789012", ...bearer, "--role-name"];
    assert.match((await json(place, [...role, "Admin"])).roleCredentials.accessKeyId, /^ASIA/);
    assert.match((await aws(place, [...role, "Nope"])).stderr, /ForbiddenException.*No access/s);
    await aws(place, ["sso", "logout", ...bearer]);
    assert.match((await aws(place, [...role, "Admin"])).stderr, /UnauthorizedException/);
  },
);

test("a profile whose token has run out: the AWS CLI renews it and calls AWS", {
  expects: [
    "RegisterClient",
    "StartDeviceAuthorization",
    "CreateToken",
    "CreateToken",
    "GetRoleCredentials",
    "GetCallerIdentity",
  ],
}, async (place) => {
  const { clientId, clientSecret, clientSecretExpiresAt } = await json(place, REGISTER);
  const client = ["--client-id", clientId, "--client-secret", clientSecret];
  const { deviceCode } = await json(place, [...OIDC, "start-device-authorization", ...client, ...AT]);
  const by = ["--grant-type", DEVICE, "--device-code", deviceCode];
  const { accessToken, refreshToken } = await json(place, [...OIDC, "create-token", ...client, ...by]);
  const name = createHash("sha1").update("corp").digest("hex");
  const times = {
    expiresAt: new Date(Date.now() - 60_000).toISOString(),
    registrationExpiresAt: new Date(clientSecretExpiresAt * 1000).toISOString(),
  };
  const login = { accessToken, refreshToken, clientId, clientSecret, region: "us-east-2", startUrl: START, ...times };
  place.home.write(`.aws/sso/cache/${name}.json`, JSON.stringify(login));
  place.home.write(
    ".aws/config",
    "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n" +
      `[sso-session corp]\nsso_start_url = ${START}\nsso_region = us-east-2\nsso_registration_scopes = sso:account:access\n`,
  );
  const who = await json(place, ["sts", "get-caller-identity", "--profile", "dev"]);
  assert.equal(who.Arn, "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/dev");
  const renewed = JSON.parse(place.home.read(`.aws/sso/cache/${name}.json`) ?? "{}");
  assert.notEqual(renewed.accessToken, accessToken);
  assert.notEqual(renewed.refreshToken, refreshToken);
});

const ROLE = "arn:aws:iam::123456789012:role/reader";

test(
  "aws sts assume-role with everything, and refused",
  { roles: { [ROLE]: { externalId: "x-1", mfa: true } } },
  async (place) => {
    const base = ["sts", "assume-role", "--role-arn", ROLE, "--role-session-name", "me", "--duration-seconds", "7200"];
    assert.match(
      (await aws(place, base)).stderr,
      /AccessDenied.*not authorized to perform: sts:AssumeRole on resource/s,
    );
    const proofs = ["--external-id", "x-1", "--serial-number", "arn:aws:iam::123456789012:mfa/dev", "--token-code"];
    assert.match((await aws(place, [...base, ...proofs, "000000"])).stderr, /AccessDenied.*MultiFactorAuthentication/s);
    const tags = ["--tags", "Key=team,Value=core", "--transitive-tag-keys", "team", "--source-identity", "dev"];
    const found = await json(place, [...base, ...proofs, "123456", ...tags]);
    assert.equal(found.AssumedRoleUser.Arn, "arn:aws:sts::123456789012:assumed-role/reader/me");
    assert.ok(Date.parse(found.Credentials.Expiration) > Date.now() + 7_000_000);
  },
);

test("aws sts: a web identity, a SAML assertion, root, a session token", {}, async (place) => {
  const role = ["--role-arn", ROLE];
  const web = [
    "assume-role-with-web-identity",
    ...role,
    "--role-session-name",
    "me",
    "--web-identity-token",
    "a.b.c.d",
  ];
  const assertion = new TextEncoder().encode("<Response/>").toBase64();
  const provider = ["--principal-arn", "arn:aws:iam::123456789012:saml-provider/idp", "--saml-assertion", assertion];
  const policy = ["--task-policy-arn", "arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"];
  const calls = [
    web,
    ["assume-role-with-saml", ...role, ...provider],
    ["assume-root", "--target-principal", "210987654321", ...policy],
    ["get-session-token", "--duration-seconds", "900"],
  ];
  for (const call of calls) {
    const found = await json(place, ["sts", ...call]);
    assert.match(found.Credentials.AccessKeyId, /^ASIA/, call[0]);
  }
});
