import { CREDENTIALS, NOBODY, ROLE } from "../runs/login_run.ts";
import { samlConfig } from "../runs/saml_run.ts";
import { ASSERTION_CANARY, samlBase64 } from "../saml/document.ts";
import { html, startIdp, USER } from "../saml/idp.ts";
import { keyEnv, SESSION_KEY, USER_KEY } from "../standin/keys.ts";
import { fakeBrowser } from "../browser/fake_browser.ts";
import type { CanaryFlow, CanaryRun, CanaryStage } from "./canary.ts";

const JWT = "e30.Y2FuYXJ5LWp3dC1wYXlsb2Fk.canary-jwt-signature";

/** What the failures are, one after the other: they are told in different ways. */
const KINDS = [
  { status: 400, code: "InvalidRequestException" },
  { status: 403, code: "AccessDeniedException" },
  { status: 403, code: "SignatureDoesNotMatch" },
  { status: 500, code: "InternalServerError" },
] as const;

interface Echo {
  /** What it takes to come as far as the call. */
  readonly world?: CanaryFlow["world"];
  readonly secrets?: readonly string[];
  readonly keptIn?: readonly RegExp[];
  readonly before?: (stage: CanaryStage) => Promise<void>;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly onTerminal?: { readonly question: string; readonly answer: string };
}

const LOGIN = ["auth", "login", "--force"];
const TOKEN = ["aws", "eks", "token", "--cluster-name", "dev-cluster", "--region", "us-east-2", "--no-identity"];
const OWN_KEYS = { ...NOBODY, ...keyEnv(SESSION_KEY) };
const logIn = async ({ atmos }: CanaryStage) => void await atmos(["auth", "login"]);
const writeToken = ({ world: { home } }: CanaryStage) => Promise.resolve(void home.write("token", JWT));

const USER_CONFIG = `auth:
  realm: test
  identities:
    glass:
      kind: aws/user
      credentials: {access_key_id: !env KEY_ID, secret_access_key: !env KEY_SECRET, mfa_arn: "${mfa("glass")}"}
    root:
      kind: aws/assume-root
      via: {identity: runner}
      principal:
        target_principal: "123456789012"
        task_policy_arn: arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy
    runner: {kind: aws/ambient}
`;
const ECR_CONFIG = `auth:
  realm: test
  identities: {runner: {kind: aws/ambient, default: true}}
  integrations:
    images:
      kind: aws/ecr
      via: {identity: runner}
      spec: {registry: {account_id: "123456789012", region: us-east-2}}
`;

function mfa(name: string): string {
  return `arn:aws:iam::123456789012:mfa/${name}`;
}

/** A user who signs in with the browser. */
const KEYLESS_CONFIG = "auth: {realm: test, keyring: {type: memory}, identities: {me: {kind: aws/user}}}";

/** Every call of every service, and a way to it. */
const ECHOES: Readonly<Record<string, readonly Echo[]>> = {
  RegisterClient: [{ args: LOGIN }],
  StartDeviceAuthorization: [{ args: LOGIN }],
  CreateToken: [{ args: LOGIN }, { world: { sso: { tokenSeconds: 60 } }, before: logIn, args: LOGIN, env: NOBODY }, {
    args: LOGIN,
    env: { browser: "" },
  }],
  CreateOAuth2Token: [{ world: { config: KEYLESS_CONFIG }, args: LOGIN, env: { browser: "" } }],
  ListAccounts: [{ world: { config: namedAccount() }, args: LOGIN }],
  GetRoleCredentials: [{ args: LOGIN }],
  Logout: [{ before: logIn, args: ["auth", "logout", "--all"] }],
  AssumeRole: [
    { before: logIn, args: [...LOGIN, "deploy"] },
    { args: [...TOKEN, "--role-arn", ROLE], env: OWN_KEYS },
  ],
  AssumeRoleWithWebIdentity: [
    { before: writeToken, secrets: [JWT], keptIn: [/^token$/], args: [...LOGIN, "ci"], env: { ...NOBODY, token: "" } },
  ],
  AssumeRoleWithSAML: [{
    world: { config: samlConfig("url: https://idp.example.com/aws, driver: assertion") },
    secrets: [ASSERTION_CANARY, samlBase64().slice(0, 60), samlBase64().slice(300, 360)],
    keptIn: [/^repo\/response/],
    before: ({ world: { home } }) => Promise.resolve(void home.write("repo/response", samlBase64())),
    args: [...LOGIN, "--saml-assertion=response"],
    env: NOBODY,
  }],
  AssumeRoot: [{ world: { config: USER_CONFIG }, args: [...LOGIN, "root"], env: OWN_KEYS }],
  GetSessionToken: [{
    world: { config: USER_CONFIG },
    args: [...LOGIN, "glass"],
    env: { KEY_ID: USER_KEY.accessKeyId, KEY_SECRET: USER_KEY.secretAccessKey },
    onTerminal: { question: "mfa/glass", answer: "918273\r" },
  }],
  GetCallerIdentity: [{ args: ["auth", "whoami", "runner"], env: OWN_KEYS }],
  DescribeCluster: [{
    args: ["aws", "eks", "update-kubeconfig", "--name", "dev-cluster", "--region", "us-east-2", "--output", "json"],
    env: OWN_KEYS,
  }],
  GetAuthorizationToken: [
    { world: { config: ECR_CONFIG }, args: ["aws", "ecr", "login", "--output", "json"], env: OWN_KEYS },
  ],
};

function namedAccount(): string {
  return `auth:
  realm: test
  providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://corp.awsapps.com/start}}
  identities:
    Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: production}}
`;
}

/** A flow for each call: AWS, or what stands in its place, repeats the whole request in its error. */
export const ECHO_FLOWS: readonly CanaryFlow[] = Object.entries(ECHOES).flatMap(([action, echoes]) =>
  echoes.map(({ world = {}, secrets = [], keptIn = [], ...echo }, at): CanaryFlow => ({
    says: `an error of ${action} that repeats the request${at === 0 ? "" : `, another way (${at})`}`,
    world,
    secrets,
    keptIn: [...keptIn, new RegExp(`^${CREDENTIALS}$`), /^browser\//],
    play: (stage) => play(stage, { action, ...echo }),
  }))
);

async function play(
  stage: CanaryStage,
  { action, before, args, env = {}, onTerminal }: Echo & { readonly action: string },
): Promise<void> {
  const run: CanaryRun = { env: { ...placesIn(stage, env), AWS_MAX_ATTEMPTS: "1" }, status: "any" };
  for (const echo of KINDS) {
    await before?.(stage);
    stage.world.aws.fail(action, { echo });
    if (onTerminal === undefined) await stage.atmos(args, run);
    else await stage.terminal(args, { ...run, ...onTerminal });
  }
  stage.world.aws.assertDone();
}

/** `token` stands for a file with a job's token, `browser` for a browser of the user's. */
function placesIn(
  { world }: CanaryStage,
  { token, browser, ...env }: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    ...env,
    ...(token === undefined ? {} : { AWS_WEB_IDENTITY_TOKEN_FILE: world.home.at("token") }),
    ...(browser === undefined ? {} : fakeBrowser(world).env),
  };
}

/** The page of an identity provider that shows in its title what was typed into it. */
export const SAML_ECHO: CanaryFlow = {
  says: "a SAML page that repeats the password",
  secrets: [USER.password],
  async play(stage) {
    const form = '<form method="post"><input name="user"><input name="password" type="password"></form>';
    await using idp = startIdp([
      ({ method, body }) =>
        html(method === "GET" ? form : `<title>No ${body.get("password")} for ${body}</title><p>No.</p>`),
    ]);
    stage.world.home.write("repo/atmos.yaml", samlConfig(`url: "${idp.url}/in", driver: form`));
    const env = { ...NOBODY, ATMOS_SAML_USERNAME: USER.name, ATMOS_SAML_PASSWORD: USER.password, ATMOS_TRUST: "1" };
    await stage.atmos(LOGIN, { env, status: "any" });
    if (idp.requests.length < 2) throw new Error("nothing was typed");
  },
};
