import { equal, ok } from "node:assert/strict";
import { hasProgram } from "../support/machine/has_program.ts";
import { DEV, initWorld, PORTAL } from "../support/runs/init_run.ts";
import { onTerminal } from "../support/terminal/on_terminal.ts";

const CLONE = `auth:
  providers:
    theirs: {kind: aws/iam-identity-center, start_url: "https://other.awsapps.com/start", region: us-east-1, spec: {endpoint_url: "http://127.0.0.1:9"}}
  identities:
    mid: {kind: aws/permission-set, via: {provider: theirs}, principal: {name: AdministratorAccess, account: {id: "${DEV}"}}}
  integrations:
    theirs/eks: {kind: aws/eks, via: {identity: mid}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: theirs}}}
`;
const QUESTION = "Trust 1 setting? [y/N] ";

Deno.test({
  name: "auth init: what needs trust is asked for before a table moves over the question",
  ignore: !hasProgram("script", "the trust question of auth init"),
  async fn() {
    await using world = await initWorld();
    world.home.write("repo/atmos.yaml", CLONE);
    const choice = ["--account", "*", "--role", "AdministratorAccess", "--cluster-region", "us-east-2", "--yes"];
    const { status, shown } = await onTerminal({
      args: ["auth", "init", ...PORTAL, ...choice, "--device-code"],
      question: QUESTION,
      answer: "n\r",
      env: world.env({ TERM: "xterm" }),
      cwd: world.home.at("repo"),
    });
    equal(status, 3, shown);
    const before = shown.slice(0, shown.indexOf(QUESTION));
    // A table that moves begins with a line for each integration.
    ok(before.trimEnd().endsWith("sets the AWS endpoint") && before.includes('"http://127.0.0.1:9"'), before);
    ok(!before.includes("theirs/eks") && !before.includes("A\u001b[J"), before);
  },
});
