import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { CONFIG, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { whileAsked } from "../support/runs/underway.ts";

const SSO = "kind: aws/iam-identity-center, region: us-east-2";
const ADMIN = `principal: {name: Admin, account: {id: "123456789012"}}`;

Deno.test("a logout of provider a: a login of provider a/b that is under way goes on", async () => {
  const config = `auth:
  realm: test
  providers:
    a: {${SSO}, start_url: https://other.awsapps.com/start}
    a/b: {${SSO}, start_url: https://corp.awsapps.com/start}
  identities:
    x: {kind: aws/permission-set, via: {provider: a}, ${ADMIN}}
    y: {kind: aws/permission-set, via: {provider: a/b}, ${ADMIN}}
`;
  await using world = await loginWorld({ config });
  const meanwhile = () => world.run(["auth", "logout", "--provider", "a"], NOBODY);
  const input = { action: "GetRoleCredentials", command: ["auth", "login", "y"], env: {}, meanwhile };
  const { out, status, stderr } = await whileAsked(world, input);
  deepEqual([out.status, status], [0, 0], stderr);
  match(world.home.read(".config/atmos/test/aws/a/b/credentials") ?? "", /aws_secret_access_key/);
});

Deno.test("a logout of all: a context goes from the file where its integration had it before, too", async () => {
  const linked = (file: string) =>
    `${CONFIG}  integrations:
    dev/eks:
      kind: aws/eks
      via: {identity: Dev}
      spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev, kubeconfig: {path: "~/.kube/${file}"}}}
`;
  await using world = await loginWorld({ config: linked("before.yaml") });
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  match(world.home.read(".kube/before.yaml") ?? "", /dev-cluster/);
  world.home.write("repo/atmos.yaml", linked("after.yaml"));
  const { status, stderr } = await world.run(["auth", "logout", "--all"], NOBODY);
  equal(status, 0, stderr);
  match(stderr, /Removed: context dev in \S+\/\.kube\/before\.yaml\n/);
  doesNotMatch(world.home.read(".kube/before.yaml") ?? "", /dev-cluster/);
});

Deno.test("a login while a logout still tells AWS of the session's end: what it makes ready stays", async () => {
  const linked = `  integrations:
    dev/ecr: {kind: aws/ecr, via: {identity: Dev}, spec: {registry: {account_id: "123456789012", region: us-east-2}}}
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: dev-cluster, region: us-east-2, alias: dev}}}
`;
  await using world = await loginWorld({ config: CONFIG + linked });
  equal((await world.run(["auth", "login", "dev"])).status, 0);
  const meanwhile = () => world.run(["auth", "login", "dev"]);
  const { out, status, stderr } = await whileAsked(world, {
    action: "Logout",
    command: ["auth", "logout", "dev"],
    meanwhile,
  });
  deepEqual([out.status, status], [0, 0], out.stderr + stderr);
  match(world.home.read(".docker/config.json") ?? "", /dkr\.ecr/);
  match(world.home.read(".config/atmos/kube/config") ?? "", /dev-cluster/);
  equal((await world.run(["auth", "status", "dev"], NOBODY)).status, 0);
});
