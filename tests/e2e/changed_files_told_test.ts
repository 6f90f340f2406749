import { equal, match, ok } from "node:assert/strict";
import { KUBECONFIG, multiCluster } from "../support/config/multi_cluster.ts";

const REGISTRY = `auth:
  integrations:
    dev/ecr:
      kind: aws/ecr
      via: {identity: platform-admin}
      spec: {registry: {account_id: "123456789012", region: us-east-2}}
`;

Deno.test("a refused file is said not to be changed, and no more, where the same run has written another", async () => {
  await using world = await multiCluster({ more: REGISTRY });
  const docker = world.home.write(".docker/config.json", "{]\n");
  const { status, stderr } = await world.run(["auth", "login", "platform-admin"]);
  equal(status, 0, stderr);
  match(stderr, /added dev-cluster as dev/);
  ok(world.home.read(KUBECONFIG) !== undefined);
  match(stderr, /docker's "\S+".*\nHint: The file was not changed\./);
  ok(!/nothing was changed/i.test(stderr), stderr);
  equal(Deno.readTextFileSync(docker), "{]\n");
});
