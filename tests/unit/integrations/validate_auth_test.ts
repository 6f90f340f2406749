import { deepEqual, equal } from "node:assert/strict";
import { buildChain } from "../../../src/auth/model/chain.ts";
import { isEcr } from "../../../src/integrations/ecr/ecr_integration.ts";
import { type AwsEks, isEks } from "../../../src/integrations/eks/eks_integration.ts";
import { findBrokenLinks } from "../../../src/integrations/contract/linked.ts";
import { messages, SSO_AND_DEV, validated } from "../../support/config/auth_texts.ts";
import { CA_DATA } from "../../support/standin/clusters.ts";

function withCluster(cluster: string): string {
  return `${SSO_AND_DEV}  integrations:
    dev/eks: {kind: aws/eks, via: {identity: Dev}, spec: {cluster: {name: main, region: us-east-2, ${cluster}}}}
`;
}

async function clusterOf(text: string): Promise<AwsEks["cluster"] | undefined> {
  const { model, problems } = await validated(withCluster(text));
  deepEqual(problems, [], text);
  const found = model.integrations.get("dev/eks");
  return found !== undefined && isEks(found) ? found.cluster : undefined;
}

Deno.test("validateAuth: a mode is octal in each of its spellings", async () => {
  for (const mode of ['"0600"', "0600", "0o600", "600", '"0o600"']) {
    equal((await clusterOf(`kubeconfig: {mode: ${mode}}`))?.kubeconfig.mode, 0o600, mode);
  }
  for (const mode of ["384", '"0800"', "rw", "0x180", "[6]"]) {
    equal((await validated(withCluster(`kubeconfig: {mode: ${mode}}`))).problems[0]?.severity, "error", mode);
  }
});

Deno.test("validateAuth: a cluster with every field", async () => {
  const cluster = await clusterOf(
    `alias: "{cluster}", aliases: [m, "{cluster}"], namespace: team-a, user_alias: me, exec_command: atmos,
      role_arn: "arn:aws:iam::123456789012:role/kubectl", proxy_url: "http://proxy:3128", tls_server_name: eks.internal,
      endpoint: "https://ABC.gr7.us-east-2.eks.amazonaws.com", certificate_authority_data: ${CA_DATA}, describe_identity: dev,
      kubeconfig: {path: ~/.kube/c, update: error}`,
  );
  deepEqual(cluster, {
    name: "main",
    region: "us-east-2",
    aliases: ["{cluster}", "m"],
    namespace: "team-a",
    userAlias: "me",
    roleArn: "arn:aws:iam::123456789012:role/kubectl",
    execCommand: "atmos",
    proxyUrl: "http://proxy:3128",
    tlsServerName: "eks.internal",
    known: { endpoint: "https://ABC.gr7.us-east-2.eks.amazonaws.com", certificateAuthorityData: CA_DATA },
    describeIdentity: "dev",
    kubeconfig: { path: "~/.kube/c", mode: undefined, update: "error" },
  });
});

Deno.test("validateAuth: integrations are provisioned on login unless they say no", async () => {
  const { model, problems } = await validated(`${SSO_AND_DEV}  integrations:
    a: {kind: aws/ecr-public, via: {provider: sso}}
    b: {kind: aws/ecr, via: {identity: dev}, spec: {auto_provision: false, registry: {account_id: 012345678901, region: cn-north-1}}}
`);
  deepEqual(problems, []);
  deepEqual([...model.integrations.values()].map(({ autoProvision }) => autoProvision), [true, false]);
  const ecr = model.integrations.get("b");
  deepEqual(ecr !== undefined && isEcr(ecr) && ecr.kind === "aws/ecr" ? ecr.registry : 0, {
    accountId: "012345678901",
    region: "cn-north-1",
    endpoint: "standard",
  });
});

Deno.test("validateAuth: a context that two clusters claim stays with the first", async () => {
  const { model, problems } = await validated(
    `${
      withCluster("alias: x")
    }    later: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: b, region: us-east-2, alias: x}}}
    elsewhere: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: c, region: us-east-2, alias: x, kubeconfig: {path: /k}}}}
`,
  );
  equal(problems.length, 1);
  const clashes = [...model.integrations.values()].map((one) => [one.name, isEks(one) ? one.clashes : 0]);
  deepEqual(clashes, [["dev/eks", undefined], ["later", [{ about: "context", problem: problems[0] }]], [
    "elsewhere",
    undefined,
  ]]);
  deepEqual(model.broken, []);
});

Deno.test("validateAuth: what is broken says whose it is, as far as that can be read", async () => {
  const { model } = await validated(`${SSO_AND_DEV}  integrations:
    a: {kind: aws/eks, via: {identity: DEV}, spec: {cluster: {region: us-east-2}}}
    b: {kind: aws/eks, via: {provider: sso}, spec: 7}
    c: {kind: aws/eks, via: {identity: other}, spec: {cluster: {name: 7}}}
    d: 7
    e: {kind: azure/aks}
`);
  deepEqual(model.broken.map(({ name, via }) => [name, via]), [
    ["a", { identity: "DEV" }],
    ["b", { provider: "sso" }],
    ["c", { identity: "other" }],
    ["d", {}],
    ["e", {}],
  ]);
  deepEqual(findBrokenLinks(model, buildChain(model, "dev")).map(({ name }) => name), ["a", "b", "d"]);
});

Deno.test("validateAuth: one account's context is not another's", async () => {
  const source = `${SSO_AND_DEV}    ops: {kind: aws/ambient}
  integrations:
    a: {kind: aws/eks, via: {identity: dev}, spec: {cluster: {name: main, region: us-east-2, alias: "{account}-{cluster}"}}}
    b: {kind: aws/eks, via: {identity: ops}, spec: {cluster: {name: main, region: us-east-2, alias: "{account}-{cluster}"}}}
`;
  deepEqual(messages((await validated(source)).problems), []);
});
