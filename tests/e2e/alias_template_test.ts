import { deepEqual, equal, match } from "node:assert/strict";
import { load } from "js-yaml";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { CONFIG, type LoginWorld, loginWorld, NOBODY } from "../support/runs/login_run.ts";
import { keyEnv, SESSION_KEY } from "../support/standin/keys.ts";

const UPDATE = ["aws", "eks", "update-kubeconfig"];
const NAMED = [...UPDATE, "--name", "dev-cluster", "--region", "us-east-2"];
const TEMPLATE = "{env}/{account_name}/{account}/{cluster}/{region}";
const EXPANDED = "prod/plat-prod/123456789012/dev-cluster/us-east-2";

function contexts({ home }: LoginWorld): readonly string[] {
  const { contexts } = load(home.read(KUBECONFIG)!) as { readonly contexts: readonly { readonly name: string }[] };
  return contexts.map(({ name }) => name);
}

async function worldOf(account: string, integration = ""): Promise<LoginWorld> {
  const world = await loginWorld({ config: CONFIG.replace('account: {id: "123456789012"}', account) + integration });
  equal((await world.run(["auth", "login"])).status, 0);
  return world;
}

const ID_AND_NAME = 'account: {id: "123456789012", name: plat-prod}';

Deno.test("alias template: the same words by name, by discovery, and in atmos.yaml, where a login expands them", async () => {
  const forms = [NAMED, [...UPDATE, "--discover", "--region", "us-east-2"]];
  for (const words of forms) {
    await using world = await worldOf(ID_AND_NAME);
    const { status, stderr } = await world.run([...words, "--alias", TEMPLATE], NOBODY);
    deepEqual([status, contexts(world)], [0, [EXPANDED]], stderr);
  }
  const cluster = `{name: dev-cluster, region: us-east-2, alias: "${TEMPLATE}"}`;
  const integration = `  integrations:\n    dev: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: ${cluster}}}\n`;
  await using world = await worldOf(ID_AND_NAME, integration);
  deepEqual(contexts(world), [EXPANDED]);
});

Deno.test("alias template: an account whose name is not known is its 12 digits", async () => {
  await using world = await worldOf('account: {id: "123456789012"}');
  equal((await world.run([...NAMED, "--alias", "{account_name}-{env}"], NOBODY)).status, 0);
  deepEqual(contexts(world), ["123456789012-123456789012"]);
});

Deno.test("alias template: with AWS credentials of the environment, but for an identity, which they do not have", async () => {
  await using world = await loginWorld({ config: "" });
  const env = { ...NOBODY, ...keyEnv(SESSION_KEY) };
  for (
    const [alias, found] of [["{identity}", /no identity .*\{identity\}/], [
      "{envv}",
      /did you mean \{env\}\?/,
    ]] as const
  ) {
    const { status, stderr } = await world.run([...NAMED, "--alias", alias], env);
    equal(status, 2, stderr);
    match(stderr, found);
  }
  deepEqual(world.aws.calls, []);
  const { status, stderr } = await world.run([...NAMED, "--alias", "{account}-{cluster}"], env);
  deepEqual([status, contexts(world)], [0, ["123456789012-dev-cluster"]], stderr);
});
