import { deepEqual, equal, match } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { loginWorld, NOBODY, ROLE, sessionFile, START_URL } from "../support/runs/login_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const set = (name: string, tags: string, more = "") =>
  `    ${name}:\n      kind: aws/permission-set\n      tags: [${tags}]\n      via: {provider: sso}\n` +
  `      principal: {name: Admin, account: {id: "123456789012"}}\n${more}`;
const CONFIG = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
    github: {kind: github/oidc, region: us-east-2}
  identities:
${set("Dev", "dev, all", "      default: true\n")}${set("prod", "prod, all")}
    ci: {kind: aws/assume-role, tags: [ci], via: {provider: github}, principal: {assume_role: "${ROLE}"}}
`;
const LOGIN = ["auth", "login"];

Deno.test("auth login --provider: the session alone; then its identities need nobody", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const { status, stdout, stderr } = await world.run([...LOGIN, "--provider", "SSO"]);
  deepEqual([status, stdout], [0, ""]);
  match(stderr, /✓ Logged in with provider sso\n {2}Expires {3}\S+Z \(7h 59m\)\n$/);
  equal(world.aws.count("GetRoleCredentials"), 0);
  deepEqual(world.home.files().filter((path) => path.endsWith("credentials")), []);
  const again = await world.run([...LOGIN, "-p", "sso", "--output=json"], NOBODY);
  const { expiration, ...data } = JSON.parse(again.stdout);
  deepEqual([again.status, data], [0, { provider: "sso", kind: "aws/iam-identity-center" }]);
  match(expiration, /^\d{4}-\S+Z$/);
  equal((await world.run([...LOGIN, "prod"], NOBODY)).status, 0);
  equal(world.aws.count("StartDeviceAuthorization"), 1);
});

Deno.test("auth login --provider: without a person, an unknown name, one without a session, a second selection", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const run = async (args: readonly string[]) => {
    const { status, stderr } = await world.run([...LOGIN, ...args], NOBODY);
    return `${status} ${stderr}`;
  };
  match(await run(["--provider=sso"]), /^4 .*\nHint: Log in at a terminal: atmos auth login --provider sso\n$/);
  match(
    await run(["--provider=ssso"]),
    /^3 Error: Cannot log in with provider "ssso": .* did you mean "sso"\?\nHint: /,
  );
  match(await run(["--provider=github"]), /^4 Error: Cannot get the CI job's OIDC token: .*\nHint: /);
  match(await run(["--provider=sso", "--saml-assertion=-"]), /^2 Error: .*"sso" with a SAML response: it is of kind /);
  match(await run(["Dev", "--provider=sso"]), /^2 Error: Cannot log in as identity "Dev" with --provider sso: /);
  match(await run(["-i", "Dev", "--provider=sso"]), /^2 Error: .*they select different things\nHint: .* --help\n$/);
  match(await run(["--tags=dev", "--provider=sso"]), /^2 Error: Cannot combine --provider with --tags/);
  match(await run(["--force", "--provider=sso"]), /^2 Error: Cannot combine --provider with --force/);
  match(await run(["Dev", "-i", "prod"]), /^2 Error: Cannot use identity "Dev" with --identity prod: they select /);
  match(await run(["Dev", "--tags=dev"]), /^2 Error: Cannot log in as identity "Dev" with --tags dev: /);
  equal(world.aws.calls.length, 0);
});

const PROVIDER = "kind: aws/iam-identity-center, region: us-east-2, start_url:";

Deno.test("auth login without identities: with the only provider; of several one is named, or chosen at a terminal", async () => {
  await using world = await loginWorld({ config: `auth: {providers: {sso: {${PROVIDER} "${START_URL}"}}}` });
  const only = await world.run(LOGIN);
  equal(only.status, 0, only.stderr);
  match(only.stderr, /✓ Logged in with provider sso\n/);
  world.home.write("repo/atmos.d/b.yaml", `auth: {providers: {other: {${PROVIDER} "https://b.awsapps.com/start"}}}`);
  const several = await world.run(LOGIN, NOBODY);
  equal(several.status, 3);
  match(several.stderr, /^Error: Cannot choose a provider: .*\nHint: Specify one: --provider NAME \(other, sso\)\n$/);
  equal((await world.run([...LOGIN, "Dev"], NOBODY)).status, 3);
  if (!hasProgram("script", "auth login without identities: chosen")) return;
  const place = { cwd: world.home.at("repo"), env: world.env() };
  const chosen = await onTerminal({ ...place, args: LOGIN, question: "Number or name: ", answer: "sso\r" });
  equal(chosen.status, 0, chosen.shown);
  match(chosen.shown, /No identities are configured. Which provider\?[^]*✓ Logged in with provider sso/);
});

Deno.test("auth login --provider: nobody is reached through it", async () => {
  await using world = await loginWorld({ config: "auth: {providers: {ci: {kind: github/oidc, region: us-east-2}}}" });
  const { status, stderr } = await world.run([...LOGIN, "--provider=ci"], NOBODY);
  equal(status, 3);
  match(stderr, /^Error: Cannot log in with provider "ci": .* and no identity uses this provider\nHint: /);
});

Deno.test("auth login --tags: one has it, none has it, several have it", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const one = await world.run([...LOGIN, "--tags", "prod,other", "--output=json"], { ATMOS_IDENTITY: "Dev" });
  deepEqual([one.status, JSON.parse(one.stdout).identity], [0, "prod"]);
  const none = await world.run([...LOGIN, "--tags", "prd"], NOBODY);
  equal(none.status, 3);
  equal(
    none.stderr,
    'Error: Cannot choose an identity: none has the tag "prd"\nHint: Available tags: all, ci, dev, prod\n',
  );
  const several = await world.run([...LOGIN, "--tags", "all"], NOBODY);
  equal(several.status, 3);
  match(several.stderr, /Hint: Specify one: --identity NAME \(Dev, prod\)\n$/);
  if (!hasProgram("script", "auth login --tags: choosing")) return;
  const run = { args: [...LOGIN, "--tags=all"], question: "Which identity?", cwd: world.home.at("repo") };
  const { status, shown } = await onTerminal({ ...run, answer: "prod\r", env: world.env(NOBODY) });
  equal(status, 0, shown);
  equal(shown.includes("ci (aws/assume-role)"), false, shown);
});

Deno.test("auth logout --tags: every identity that has it, and no other", async () => {
  await using world = await loginWorld({ config: CONFIG });
  const token = { ...NOBODY, AWS_WEB_IDENTITY_TOKEN_FILE: world.home.write("token", "file.jwt.token") };
  for (const name of ["Dev", "prod"]) equal((await world.run([...LOGIN, name])).status, 0);
  equal((await world.run([...LOGIN, "ci"], token)).status, 0);
  const dry = await world.run(["auth", "logout", "--tags=all", "--dry-run"], NOBODY);
  match(
    dry.stderr,
    /^Would log out of identities tagged all \(realm: test\)\n(?: {2}Would remove: .*\n){3}Nothing was/,
  );
  const { status, stderr } = await world.run(["auth", "logout", "--tags=all"], NOBODY);
  equal(status, 0, stderr);
  match(stderr, /^✓ Logged out of identities tagged all \(realm: test\)\n/);
  equal(sessionFile(world.home), undefined);
  deepEqual(world.home.files().filter((path) => path.endsWith("credentials")), [
    ".config/atmos/test/aws/github/credentials",
  ]);
  equal((await world.run(["auth", "logout", "--tags=nobody"], NOBODY)).status, 3);
  match((await world.run(["auth", "logout", "Dev", "--tags=all"], NOBODY)).stderr, /select different things/);
  match((await world.run(["auth", "logout", "--all", "--tags=all"], NOBODY)).stderr, /exclude each other/);
});
