import { equal, ok } from "node:assert/strict";
import { runAtmos } from "../support/atmos/run_atmos.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const OWN = `auth:
  providers:
    company: {kind: aws/iam-identity-center, start_url: https://company.awsapps.com/start, region: us-east-1}
  identities:
    dev-admin: {kind: aws/permission-set, default: true, via: {provider: company}, principal: {name: Admin, account: {id: "123456789012"}}}
    prod-admin: {kind: aws/permission-set, via: {provider: company}, principal: {name: Admin, account: {id: "210987654321"}}}
`;
const COMMAND = "touch pwned; echo Admin";
const ADDRESS = "https://evil.example/@idp.example/home?a=b";
const REPOSITORY = `auth:
  providers:
    saml: {kind: aws/saml, url: "${ADDRESS}", region: us-east-1}
  identities:
    theirs: {kind: aws/permission-set, via: {provider: company}, principal: {name: !exec "${COMMAND}", account: {id: "123456789012"}}}
    by-saml: {kind: aws/assume-role, via: {provider: saml}, principal: {assume_role: "arn:aws:iam::123456789012:role/r"}}
`;
/** A repository that includes, where nothing needs trust, each of these texts from a file that it brings. */
function clone(texts: readonly string[]) {
  const home = tempHome();
  home.write(".config/atmos/atmos.yaml", OWN);
  // A directory whose name a shell would run.
  const directory = "$(touch${IFS}pwned)\u001b]0;x\u0007";
  home.write(`repo/${directory}/.env`, texts.map((text, at) => `v${at}=${text}\n`).join(""));
  const calls = texts.map((_, at) => `!include ${JSON.stringify(`"${directory}/.env" .v${at}`)}`);
  home.write("repo/atmos.yaml", `x-notes: [${calls.join(", ")}]\n${REPOSITORY}`);
  home.write("repo/.git/HEAD", "ref: refs/heads/main\n");
  return { home, options: { env: home.env({ PATH: "/usr/bin:/bin" }), cwd: home.at("repo") } };
}

Deno.test("what a configuration says is shown as it is, though a repository fetches the same texts", async () => {
  const names = ["dev-admin", "prod-admin", "123456789012", "210987654321", "company"];
  const { home, options } = clone(names);
  using _ = home;
  for (const command of [["auth", "status"], ["auth", "list"], ["auth", "login", "prod-admin"], ["auth", "validate"]]) {
    const { stdout, stderr } = await runAtmos(command, options);
    ok(!`${stdout}${stderr}`.includes("[!include"), `${command.join(" ")}: ${stdout}${stderr}`);
  }
});

Deno.test("the question for trust shows all that it is about, whatever a repository fetches", async () => {
  const { home, options } = clone([COMMAND, "touch pwned", "evil.example", "runs a command", "principal"]);
  using _ = home;
  const { stderr, status } = await runAtmos(["auth", "trust", "--dry-run"], options);
  equal(status, 0, stderr);
  ok(stderr.includes(`!exec ${COMMAND}  runs a command`) && stderr.includes(ADDRESS), stderr);
  ok(!stderr.includes("[!include"), stderr);
  equal((await runAtmos(["auth", "trust", "--yes"], options)).status, 0);
  const { stdout } = await runAtmos(["auth", "trust", "--list"], options);
  ok(stdout.includes(`!exec ${COMMAND}`) && stdout.includes(ADDRESS), stdout);
});

Deno.test("paths of configurations, and what was typed, are shown as they are, though a repository fetches them", async () => {
  const { home, options } = clone(["a-b/repo/other.yaml", "repo/atmos.yaml", "typed-identity"]);
  using _ = home;
  home.write("a-b/repo/other.yaml", OWN);
  const files = [home.at("a-b/repo/other.yaml"), home.at("repo/atmos.yaml")];
  for (const identity of ["prod-admin", "typed-identity"]) {
    const words = ["auth", "whoami", "-i", identity, ...files.map((file) => `--config=${file}`)];
    const { stderr } = await runAtmos(words, options);
    ok(files.every((file) => stderr.includes(` --config ${file}`)) && !stderr.includes("[!include"), stderr);
  }
});
