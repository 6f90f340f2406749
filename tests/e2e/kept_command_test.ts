import { equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "../support/runs/login_run.ts";
import { cluster } from "../support/standin/clusters.ts";

/** The cluster of an integration, and the same one as a component of a stack. */
function config(says = ""): string {
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev:
      kind: aws/permission-set
      default: true
      via: {provider: sso}
      principal: {name: Admin, account: {id: "123456789012"}}
  integrations:
    x: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: one, region: us-east-2, alias: dev${says}}}}
stacks: {base_path: stacks, included_paths: ["deploy/*"], name_pattern: "{environment}-{stage}"}
components: {helmfile: {cluster_name_template: one}}
`;
}

async function world(): Promise<LoginWorld> {
  const accounts = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ["Admin"] }];
  const found = await loginWorld({ config: config(), clusters: [cluster("one")], sso: { accounts } });
  found.home.write(
    "repo/stacks/deploy/dev.yaml",
    "vars: {environment: ue2, stage: dev, region: us-east-2}\n" +
      "components: {terraform: {eks: {vars: {enabled: true}}}}\n",
  );
  equal((await found.run(["auth", "login"])).status, 0);
  return found;
}

function plugins({ home }: LoginWorld): string {
  const commands = [...home.read(KUBECONFIG)!.matchAll(/command: .*\n(?: {6}.*\n)*?( {6}- aws\n)?/g)];
  return commands.map(([text]) => /command: aws\n/.test(text) ? "aws" : "atmos").join(" ");
}

const UPDATE = ["aws", "eks", "update-kubeconfig"];
const BY_NAME = [...UPDATE, "--name", "one", "--region", "us-east-2", "--alias", "dev"];

const WAYS: readonly (readonly string[])[] = [
  ["auth", "login"],
  ["auth", "login", "--force"],
  ["auth", "exec", "--", "true"],
  ["auth", "shell", "--shell", "sh", "--", "-c", "true"],
  ["auth", "env", "--login"],
  [...UPDATE, "x"],
  [...UPDATE, "--integration", "x"],
  [...UPDATE, "--all"],
  [...UPDATE, "eks", "-s", "ue2-dev", "--alias", "dev"],
  [...BY_NAME, "-i", "dev"],
];

Deno.test("an entry keeps the command that a flag has written, whatever writes it next, until another flag", async () => {
  await using here = await world();
  equal(plugins(here), "aws");
  for (const command of ["atmos", "aws"]) {
    equal((await here.run([...UPDATE, "x", "--exec-command", command], NOBODY)).status, 0);
    for (const way of WAYS) {
      const { status, stderr } = await here.run(way, NOBODY);
      equal(status, 0, stderr);
      equal(plugins(here), command, `${way.join(" ")} after ${command}`);
    }
  }
});

Deno.test("what is shown is what is written: --diff is empty, and a dry run has the command of the entry", async () => {
  await using here = await world();
  equal((await here.run([...UPDATE, "x", "--exec-command", "atmos"], NOBODY)).status, 0);
  equal((await here.run([...UPDATE, "x", "--diff"], NOBODY)).stdout, "");
  match((await here.run([...UPDATE, "x", "--dry-run"], NOBODY)).stdout, /provideClusterInfo: true/);
});

Deno.test("atmos.yaml says otherwise: by another command, or by one that it does not name any more", async () => {
  await using here = await world();
  const login = async (says: string) => {
    here.home.write("repo/atmos.yaml", config(says));
    equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 0);
    return plugins(here);
  };
  equal(await login(", exec_command: atmos"), "atmos");
  equal(await login(", exec_command: aws"), "aws");
  equal(await login(", exec_command: atmos"), "atmos");
  equal(await login(""), "aws");
});

Deno.test("a login leaves the AWS CLI of an entry where it lies", async () => {
  await using here = await world();
  const text = here.home.read(KUBECONFIG)!.replace("command: aws\n", "command: /opt/aws/bin/aws\n");
  here.home.write(KUBECONFIG, text);
  equal((await here.run(["auth", "login", "--strict"], NOBODY)).status, 0);
  equal(here.home.read(KUBECONFIG), text);
});
