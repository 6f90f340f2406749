import { equal, rejects } from "node:assert/strict";
import type { NetResponse } from "../../src/host/host.ts";
import type { AwsSettings } from "../../src/aws/shared_config/settings.ts";
import { clusterFacts } from "../../src/integrations/eks/eks_facts.ts";
import type { EksIntegration } from "../../src/integrations/eks/eks_integration.ts";
import { Secret } from "../../src/secret.ts";

const OURS = "123456789012";
const THEIRS = "210987654321";

/** What is found of the cluster "dev" of us-east-2 where an answer is of that account. */
async function factsOf(answering: string, more: { account?: string; describeIdentity?: string }) {
  const cluster = {
    name: "dev",
    arn: `arn:aws:eks:us-east-2:${answering}:cluster/dev`,
    status: "ACTIVE",
    endpoint: "https://x.example",
    certificateAuthority: { data: "TFMwdA==" },
  };
  const body = new TextEncoder().encode(JSON.stringify({ cluster }));
  const answer: NetResponse = { status: 200, headers: { "content-type": "application/json" }, body };
  const host = {
    net: { fetch: () => Promise.resolve(answer) },
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
  };
  const integration = {
    name: "dev/eks",
    cluster: { name: "dev", region: "us-east-2", aliases: [], describeIdentity: more.describeIdentity },
  } as unknown as EksIntegration;
  const settings: AwsSettings = {
    profile: "default",
    endpoints: {},
    fips: false,
    dualstack: false,
    maxAttempts: 1,
    retryMode: "standard",
  };
  return await clusterFacts(host, {
    integration,
    identity: "admin",
    credentialsOf: () => Promise.resolve({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: new Secret("s") }),
    settings: () => settings,
    configFlags: [],
    account: more.account,
  });
}

Deno.test("a cluster of another account than the identity's is refused, where atmos.yaml says the account", async () => {
  equal((await factsOf(OURS, { account: OURS })).account, OURS);
  await rejects(factsOf(THEIRS, { account: OURS }), { code: "eks-describe", message: /account is "210987654321"/ });
});

Deno.test("an identity that only describes may be of another account, and an unknown account is anybody's", async () => {
  equal((await factsOf(THEIRS, { account: OURS, describeIdentity: "reader" })).account, THEIRS);
  equal((await factsOf(THEIRS, {})).account, THEIRS);
});
