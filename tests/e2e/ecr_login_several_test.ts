import { deepEqual, equal, match } from "node:assert/strict";
import { spawnAtmos } from "../support/atmos/run_atmos.ts";
import { ECR_PASSWORD } from "../support/standin/ecr.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions, NOBODY, START_URL } from "../support/runs/login_run.ts";

const LOGIN = ["aws", "ecr", "login"];
const hostOf = (account: string, region = "us-east-2") => `${account}.dkr.ecr.${region}.amazonaws.com`;
const [DEV, SHARED, TWICE] = [hostOf("123456789012"), hostOf("210987654321"), hostOf("123456789012", "eu-west-1")];

const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
    ops: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Ops, account: "123456789012"}}
  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    shared: {kind: aws/ecr, via: {provider: sso}, spec: {registry: {account_id: "210987654321", region: us-east-2}}}
    one: {kind: aws/ecr, via: {identity: dev}, spec: {registry: {account_id: "123456789012", region: eu-west-1}}}
    other: {kind: aws/ecr, via: {identity: ops}, spec: {registry: {account_id: "123456789012", region: eu-west-1}}}
    public: {kind: aws/ecr-public, via: {identity: ops}}
`;
const SSO = {
  accounts: [{ id: "123456789012", name: "dev", email: "dev@example.com", roles: ["Admin", "Ops"] }],
};

function world(options: LoginWorldOptions = {}): Promise<LoginWorld> {
  return loginWorld({ config: CONFIG, sso: SSO, ...options });
}

function registries({ home }: LoginWorld): readonly string[] {
  return Object.keys(JSON.parse(home.read(".docker/config.json") ?? '{"auths":{}}').auths);
}

Deno.test("ecr login --all: what nothing decides is a failure of its own, the rest is logged in; --identity decides", async () => {
  await using here = await world();
  await here.run(["auth", "login", "ops", "--no-integrations"]);
  const { status, stderr } = await here.run([...LOGIN, "--all"], NOBODY);
  equal(status, 5);
  match(
    stderr,
    new RegExp(
      `^✓ Logged in to ${DEV} .*\n✓ Logged in to public\\.ecr\\.aws .*\n` +
        `Error: Cannot use integration "shared": several identities log in with its provider\nHint: Specify one: .*\n` +
        `Error: Cannot log in to "${TWICE}" twice: "one" as dev and "other" as ops\nHint: .*\n$`,
    ),
  );
  deepEqual(registries(here), [DEV, "public.ecr.aws"]);
  const named = await here.run([...LOGIN, "--all", "-i", "dev"], NOBODY);
  equal(named.status, 0, named.stderr);
  deepEqual(registries(here), [DEV, "public.ecr.aws", SHARED, TWICE]);
});

Deno.test({
  name: "ecr login: Ctrl-C leaves what was finished: 130, and the registries that were known by then are logged in",
  // The stand-in is still about to answer.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using here = await world({ faults: { GetAuthorizationToken: [{}, { delayMs: 10_000 }] } });
    const args = [...LOGIN, "-r", DEV, "-r", TWICE];
    const child = spawnAtmos(args, { env: here.env({ ...NOBODY, ...keyEnv(USER_KEY) }), cwd: here.home.at("repo") });
    while (here.aws.count("GetAuthorizationToken") < 2) await new Promise((done) => setTimeout(done, 20));
    // The first answer is on its way.
    await new Promise((done) => setTimeout(done, 500));
    child.kill("SIGINT");
    const [{ code, stderr }] = await Promise.all([child.output(), child.stdin.close().catch(() => {})]);
    const said = new TextDecoder().decode(stderr);
    equal(code, 130, said);
    match(
      said,
      /^Using access key .*\n✓ Logged in to \S+ .*\nError: Cannot log in to every registry: it was interrupted\nHint: Completed work is kept\. Resume with: atmos aws ecr login -r \S+ -r \S+\n$/,
    );
    equal(registries(here).length, 1);
  },
});

Deno.test("a login that DOCKER_AUTH_CONFIG hides: one line, on stderr, never its value", async () => {
  const config = CONFIG.replace(/^ {4}other:.*\n/m, "");
  await using here = await world({ config });
  const login = btoa("AWS:canary-of-the-variable");
  const env = { DOCKER_AUTH_CONFIG: `{"auths":{"${DEV}":{"auth":"${login}"},"ghcr.io":{"auth":"${login}"}}}` };
  const line = new RegExp(
    `\nWarning: docker 28\\.3 and later take the login at ${DEV} from DOCKER_AUTH_CONFIG, not this one\nHint: .*DOCKER_AUTH_CONFIG.*\n`,
  );
  const first = await here.run(["auth", "login", "dev"], env);
  equal(first.status, 0, first.stderr);
  match(`${first.stderr}\n`, line);
  const second = await here.run([...LOGIN, "dev/ecr", "--verbose", "--output", "json"], env);
  equal(second.status, 0, second.stderr);
  match(second.stderr, line);
  const told = [first, second].map(({ stdout, stderr }) => stdout + stderr).join("");
  deepEqual([told.includes(login), told.includes("canary"), told.includes(ECR_PASSWORD)], [false, false, false]);
  const other = await here.run([...LOGIN, "shared", "-i", "dev"], env);
  deepEqual([other.status, other.stderr.includes("Warning")], [0, false]);
});

Deno.test("auth logout: both kinds of registry go in one write, and a helper that fails keeps none of the others back", async () => {
  await using here = await world({ config: CONFIG.replace(/^ {4}one:.*\n/m, "") });
  const login = await here.run(["auth", "login", "ops"]);
  equal(login.status, 0, login.stderr);
  deepEqual(registries(here).toSorted(), [SHARED, TWICE, "public.ecr.aws"].toSorted());
  const text = here.home.read(".docker/config.json")!;
  here.home.write(".docker/config.json", text.replace(/\}\s*$/, `, "credHelpers": {"${TWICE}": "missing"}}`));
  const { status, stderr } = await here.run(["auth", "logout", "ops"], NOBODY);
  equal(status, 0, stderr);
  match(
    stderr,
    new RegExp(`Warning: Cannot look up the login for "${TWICE}": docker-credential-missing is not on PATH\nHint: `),
  );
  match(stderr, new RegExp(`Removed: docker's login at ${SHARED} `));
  match(stderr, /Removed: docker's login at public\.ecr\.aws /);
  deepEqual(registries(here), [TWICE]);
});
