import type { CanaryFlow, CanaryStage } from "./canary.ts";
import { EXPIRED_KEY, keyEnv, SESSION_KEY, USER_KEY } from "../standin/keys.ts";
import { canaryJob } from "./github_job.ts";
import { fakeBrowser } from "../browser/fake_browser.ts";
import { ASSERTION_CANARY, samlBase64 } from "../saml/document.ts";
import { startIdp, USER } from "../saml/idp.ts";
import { keycloak } from "../saml/idp_pages.ts";
import { samlConfig } from "../runs/saml_run.ts";
import { CREDENTIALS, NOBODY, ROLE, sessionFile } from "../runs/login_run.ts";

const LOGIN = ["auth", "login"];
const AGAIN = [...LOGIN, "--force"];
const ONCE = { AWS_MAX_ATTEMPTS: "1" };
const DEPLOY = { [ROLE]: { externalId: "x-1" } };
const KEYS = { KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey };
const JWT = "e30.Y2FuYXJ5LWp3dC1wYXlsb2Fk.canary-jwt-signature";
const BEARER = "canary-bearer-of-the-job";
const FORMATS = ["bash", "fish", "powershell", "dotenv", "env", "json", "github"];

const USERS = `auth:
  realm: test
  identities:
    plain:
      kind: aws/user
      default: true
      credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET}
    glass:
      kind: aws/user
      credentials:
        access_key_id: !env KEY_ID
        secret_access_key: !env KEY_SECRET
        mfa_arn: arn:aws:iam::123456789012:mfa/glass
    root:
      kind: aws/assume-root
      via: {identity: plain}
      principal:
        target_principal: "123456789012"
        task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
`;

const KEYRING_PASSWORD = "canary horse battery staple";
const KEYRING = "auth: {realm: test, keyring: {type: file}, identities: {glass: {kind: aws/user, default: true}}}";
const SAML_SECRETS = [ASSERTION_CANARY, samlBase64().slice(300, 360)];

const OURS = ["-c", "env | grep ^AWS_"];

/** Every command that shows or uses a login. */
async function useOf(stage: CanaryStage): Promise<void> {
  const { atmos, world: { home } } = stage;
  for (const format of FORMATS) await atmos(["auth", "env", "-f", format], { env: { GITHUB_ENV: home.at("github") } });
  await atmos(["auth", "env", "--output-file", home.at("out")]);
  await atmos(["auth", "whoami"]);
  await atmos(["auth", "status", "--output=json"]);
  await atmos(["auth", "exec", "--", "no-such-program"], { status: 127 });
  await atmos(["auth", "list"]);
  await atmos(["auth", "validate"]);
  await atmos(["auth", "doctor"]);
  await atmos(["aws", "eks", "doctor", "--name", "dev-cluster", "--region", "us-east-2", "--output=json"], {
    status: 6,
  });
  await shortUse(stage);
}

async function shortUse({ atmos }: CanaryStage, env = {}): Promise<void> {
  await atmos(["auth", "env"], { env });
  await atmos(["auth", "whoami", "--output=json"], { env });
  await atmos(["auth", "status"], { env });
  await atmos(["auth", "exec", "--", "sh", ...OURS], { env });
  await atmos(["auth", "shell", "--shell", "/bin/sh", "--", ...OURS], { env });
}

/** All flows that there are. A new one is one entry: what it starts from, and the commands that are run. */
export const CANARY_FLOWS: readonly CanaryFlow[] = [
  {
    says: "a login by device code, what it is used for, and the logout",
    world: { sso: { device: ["pending", "slow_down"] } },
    async play(stage) {
      const { atmos } = stage;
      await atmos([...LOGIN, "--output=json"]);
      await atmos(LOGIN);
      await useOf(stage);
      await atmos(["auth", "logout", "dev", "--dry-run"]);
      await atmos(["auth", "logout", "dev"]);
      stage.nothingLeft();
      await atmos(["auth", "logout", "--all"]);
      await atmos(["auth", "env"]);
      await atmos(["auth", "whoami"], { status: 4 });
    },
  },
  {
    says: "auth init: a login, its accounts and clusters, a session that is revoked meanwhile",
    world: { sso: {} },
    async play({ atmos, world }) {
      const init = ["auth", "init"];
      await atmos([...init, "--output=json"]);
      world.aws.logins.revoke();
      await atmos([...init, "--yes"]);
      await atmos([...init, "--yes"], { env: NOBODY });
      world.aws.logins.revoke();
      await atmos([...init, "--yes"], { env: NOBODY, status: 4 });
    },
  },
  {
    says: "a refreshed session, one without a refresh token, a revoked one",
    world: { sso: { tokenSeconds: 60 } },
    async play({ atmos, world }) {
      await atmos(LOGIN);
      await atmos(AGAIN, { env: NOBODY });
      world.aws.logins.refreshTokens.clear();
      await atmos(AGAIN);
      world.aws.logins.revoke();
      await atmos(AGAIN, { env: NOBODY, status: 4 });
      await atmos(AGAIN);
      world.aws.logins.expireClients();
      await atmos(AGAIN);
    },
  },
  {
    says: "a login that is refused, one that nobody confirms, one without a person",
    world: { sso: { device: ["denied", "expired"] } },
    async play({ atmos }) {
      await atmos(LOGIN, { status: 4 });
      await atmos(["auth", "exec", "--", "true"], { status: 4 });
      await atmos(LOGIN, { status: 4 });
      await atmos(LOGIN, { env: NOBODY, status: 4 });
    },
  },
  {
    says: "a chain of roles, and a role that is not given",
    world: { roles: DEPLOY },
    async play(stage) {
      const { atmos } = stage;
      await atmos([...LOGIN, "deploy"]);
      await shortUse(stage, { ATMOS_IDENTITY: "deploy" });
      await atmos(LOGIN);
      await atmos([...AGAIN, "deploy"]);
      await atmos(["auth", "exec", "-i", "no-such-identity", "--", "true"], { status: 3 });
      await atmos([...LOGIN, "ci"], { env: NOBODY, status: 4 });
      await atmos(["auth", "logout", "--provider", "sso"]);
      stage.nothingLeft();
    },
  },
  {
    says: "a role whose trust policy says no, with and without the session's name",
    world: { roles: { [ROLE]: { closed: true } } },
    play: async ({ atmos }) => void await atmos([...LOGIN, "deploy"], { status: 5 }),
  },
  {
    says: "the token of a GitHub job, and a GitHub that is away or says no",
    secrets: [JWT, BEARER],
    async play(stage) {
      await using job = canaryJob({ token: JWT, bearer: BEARER });
      const env = { ...NOBODY, ...job.env, ATMOS_IDENTITY: "ci" };
      await stage.atmos(LOGIN, { env });
      await shortUse(stage, env);
      await stage.atmos(AGAIN, { env: { ...env, ACTIONS_ID_TOKEN_REQUEST_URL: `${job.url}/refused` }, status: 4 });
      await stage.atmos(AGAIN, { env: { ...env, ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:1/" }, status: 7 });
      await stage.atmos(["auth", "logout"], { env });
      stage.nothingLeft();
    },
  },
  {
    says: "a token in a file: good, expired, foreign",
    secrets: [JWT, `${JWT}-expired`, `${JWT}-foreign`],
    keptIn: [/^token/],
    async play({ atmos, world: { home } }) {
      const tokens = { "token": JWT, "token-expired": `${JWT}-expired`, "token-foreign": `${JWT}-foreign` };
      for (const [name, token] of Object.entries(tokens)) {
        const env = { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: home.write(name, token) };
        await atmos([...AGAIN, "ci"], { env, status: name === "token" ? 0 : 4 });
      }
      await atmos([...AGAIN, "ci"], { env: { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: home.path }, status: 4 });
    },
  },
  {
    says: "a user's keys, and root by them",
    world: { config: USERS },
    async play(stage) {
      const { atmos } = stage;
      const env = { ...NOBODY, ...KEYS };
      await atmos(LOGIN, { env });
      await shortUse(stage, env);
      // Another user's: what is stored is not theirs, and AWS does not know them.
      const other = { ...NOBODY, KEY_ID: "x", KEY_SECRET: "canary-other" };
      for (const command of ["env", "status", "whoami"]) await atmos(["auth", command], { env: other, status: 4 });
      await atmos(["auth", "exec", "--", "sh", ...OURS], { env: other, status: 4 });
      await atmos([...LOGIN, "root"], { env });
      await atmos([...LOGIN, "glass"], { env, status: 4 });
      await atmos(AGAIN, { env: { ...env, KEY_SECRET: "canary-wrong-secret" }, status: 4 });
    },
    secrets: ["canary-wrong-secret", "canary-other"],
  },
  {
    says: "a user's MFA code, right and wrong",
    world: { config: USERS },
    async play({ terminal }) {
      const run = { env: { ...NOBODY, ...KEYS }, question: "mfa/glass" };
      await terminal([...LOGIN, "glass"], { ...run, answer: "123456\r" });
      await terminal([...AGAIN, "glass"], { ...run, answer: "000000\r", status: 4 });
    },
  },
  {
    says: "a login by redirect, one that is denied in the browser, and the logout",
    world: { sso: { browser: ["access_denied"] } },
    // The browser's own history, and the page that it was shown.
    keptIn: [/^browser\//],
    async play(stage) {
      const { env } = fakeBrowser(stage.world);
      await stage.atmos(LOGIN, { env, status: 4 });
      await stage.atmos(LOGIN, { env });
      await shortUse(stage, env);
      await stage.atmos(["auth", "logout", "dev"], { env });
      Deno.removeSync(stage.world.home.at("browser"), { recursive: true });
      stage.nothingLeft();
    },
  },
  {
    says: "a SAML response from a file, from stdin, and one that AWS does not take",
    world: { config: samlConfig("url: https://idp.example.com/aws, driver: assertion"), roles: DEPLOY },
    secrets: SAML_SECRETS,
    keptIn: [/^repo\/response/],
    async play(stage) {
      const { atmos, world: { home } } = stage;
      home.write("repo/response", samlBase64());
      await atmos([...LOGIN, "--saml-assertion=response"], { env: NOBODY });
      await shortUse(stage, NOBODY);
      await atmos([...AGAIN, "--saml-assertion=-"], { env: NOBODY, stdin: samlBase64() });
      await atmos([...AGAIN, "absent", "--saml-assertion=response"], { env: NOBODY, status: 4 });
      home.write("repo/response", samlBase64({ audience: "https://other.example.com" }));
      await atmos([...AGAIN, "--saml-assertion=response"], { env: NOBODY, status: 4 });
      await atmos(["auth", "logout", "reader"], { env: NOBODY });
      home.write("repo/response", "");
      stage.nothingLeft();
    },
  },
  {
    says: "a password at a SAML page, right and wrong, and the code of an app",
    secrets: [...SAML_SECRETS, USER.password, "canary-wrong-password"],
    async play(stage) {
      await using idp = startIdp([keycloak]);
      const url = `${idp.url}/realms/corp/protocol/saml/clients/aws`;
      stage.world.home.write("repo/atmos.yaml", samlConfig(`url: "${url}", driver: form`));
      const env = { ...NOBODY, ATMOS_SAML_USERNAME: USER.name, ATMOS_SAML_PASSWORD: USER.password };
      await stage.atmos(LOGIN, { env, status: 4 });
      await stage.atmos(LOGIN, { env: { ...env, ATMOS_SAML_PASSWORD: "canary-wrong-password" }, status: 4 });
      await stage.terminal(LOGIN, { env, question: "Code of your second", answer: `${USER.code}\r` });
      // The person saw it while typing; from here on nobody does.
      stage.secret(USER.code);
      await shortUse(stage, env);
    },
  },
  {
    says: "a user's keys in the file keyring: kept, used, with a wrong password, gone",
    world: { config: KEYRING },
    secrets: [KEYRING_PASSWORD, "canary-wrong-keyring-password"],
    async play(stage) {
      const { atmos } = stage;
      const env = { ...NOBODY, ATMOS_KEYRING_PASSWORD: KEYRING_PASSWORD };
      const wrong = { ...env, ATMOS_KEYRING_PASSWORD: "canary-wrong-keyring-password" };
      const configure = ["auth", "user", "configure", "--access-key-id", USER_KEY.accessKeyId];
      await atmos([...configure, "--secret-access-key-stdin"], { env, stdin: `${USER_KEY.secretAccessKey}\n` });
      await atmos(LOGIN, { env });
      await shortUse(stage, env);
      await atmos(AGAIN, { env: wrong, status: 4 });
      await atmos(["auth", "user", "configure", "--delete"], { env });
      await atmos(AGAIN, { env, status: 4 });
      await atmos(["auth", "logout", "glass"], { env });
      stage.nothingLeft();
    },
  },
  {
    says: "the environment's own keys, good and expired",
    async play({ atmos }) {
      const env = { ...NOBODY, ...keyEnv(SESSION_KEY) };
      await atmos([...LOGIN, "runner"], { env });
      await atmos([...LOGIN, "from-runner"], { env });
      await atmos(["auth", "whoami", "runner"], { env });
      await atmos(["auth", "whoami", "runner", "--output=json"], { env });
      await atmos(["auth", "env", "runner"], { env });
      await atmos([...AGAIN, "from-runner"], { env: { ...NOBODY, ...keyEnv(EXPIRED_KEY) }, status: 4 });
    },
  },
  {
    says: "nowhere to keep anything: env hands the keys over on stdout alone",
    async play(stage) {
      const file = stage.world.home.write("file", "in the way");
      const env = { ATMOS_XDG_CONFIG_HOME: file, ATMOS_XDG_CACHE_HOME: file };
      await stage.atmos(["auth", "env", "--login"], { env, handsOver: true });
      await stage.atmos(["auth", "exec", "--", "true"], { env });
      await stage.atmos(LOGIN, { env, status: 6 });
      stage.nothingLeft();
    },
  },
  {
    says: "kept files that are broken in the middle of a secret",
    async play({ atmos, world: { home } }) {
      await atmos(LOGIN);
      const [session, credentials] = [sessionFile(home)!, home.read(CREDENTIALS)!];
      home.write(session, home.read(session)!.slice(0, 60));
      home.write(CREDENTIALS, credentials.replace("[dev]", "[dev").replace(/ = /g, " "));
      await atmos(["auth", "env"], { status: 4 });
      await atmos(["auth", "status"], { status: 4 });
      await atmos(["auth", "logout", "dev"], { status: 6 });
      await atmos(AGAIN, { status: 6 });
      home.write(CREDENTIALS, credentials);
      await atmos(["auth", "env"]);
    },
  },
  {
    says: "addresses that have a password and cannot be used",
    secrets: ["canary-address-password"],
    async play({ atmos }) {
      const user = "user:canary-address-password";
      for (const url of [`ftp://${user}@h.example`, `http://${user}@ho st/`, `${user}/@h.example`]) {
        await atmos(LOGIN, { env: { AWS_ENDPOINT_URL: url }, status: 3 });
        await atmos([...LOGIN, "--output", "json"], { env: { AWS_ENDPOINT_URL: url }, status: 3 });
      }
    },
  },
  {
    says: "an AWS in trouble at every call",
    world: { roles: DEPLOY },
    async play({ atmos, world }) {
      const nowhere = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", ...ONCE };
      await atmos(LOGIN, { env: nowhere, status: 7 });
      await atmos([...LOGIN, "deploy"]);
      await atmos([...AGAIN, "deploy"], { env: nowhere, status: 7 });
      await atmos(["auth", "whoami", "deploy"], { env: nowhere, status: 7 });
      await atmos(["auth", "logout", "deploy"], { env: nowhere });
      world.aws.logins.revoke();
    },
  },
  {
    says: "tokens and entries for kubectl",
    async play(stage) {
      const env = { ...NOBODY, ...keyEnv(SESSION_KEY) };
      const cluster = ["--region", "us-east-2"];
      const token = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--no-identity", ...cluster];
      const { stdout } = await stage.atmos(token, { env, handsOver: true });
      stage.secret(JSON.parse(stdout).status.token);
      await stage.atmos([...token, "--role-arn", ROLE], { env, handsOver: true });
      await stage.atmos(token, { env: NOBODY, status: 4 });
      const update = ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", ...cluster];
      await stage.atmos([...update, "--dry-run"], { env });
      await stage.atmos([...update, "--diff"], { env });
      await stage.atmos(update, { env });
      await stage.atmos(update, { env: { ...NOBODY, ...keyEnv(EXPIRED_KEY) }, status: 4 });
    },
  },
];
