import { deepEqual, equal, match } from "node:assert/strict";
import { checkEntry, describeNow } from "../../src/cli/doctor/cluster_steps.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";
import { Secret } from "../../src/secret.ts";
import { cluster } from "../support/standin/clusters.ts";
import { answer, awsHost, SETTINGS } from "../unit/aws/aws_host.ts";

const credentials = { accessKeyId: "ASIA1", secretAccessKey: new Secret("s"), account: "123456789012" };
const named = { name: "dev", region: "us-east-2", account: "123456789012" };
const EMULATED = "aB3".repeat(467).slice(0, 1400);

async function describe(more: Parameters<typeof cluster>[1], endpoint?: string) {
  const endpoints = endpoint === undefined ? {} : { eks: endpoint };
  const access = { region: "us-east-2", settings: { ...SETTINGS, endpoints }, credentials };
  const host = awsHost({ answer: () => answer(200, JSON.stringify({ cluster: cluster("dev", more) })) });
  return await describeNow(host, { named, access, account: named.account });
}

Deno.test("doctor: a cluster whose answer no entry is written from is a failure, as it is for who writes it", async () => {
  for (
    const [more, found] of [
      [{ certificateAuthority: { data: btoa("hello") } }, /its certificate authority contains no certificate$/],
      [{ certificateAuthority: { data: EMULATED } }, /its certificate authority contains no certificate$/],
      [{ endpoint: "https://a@b.example/c" }, /its API endpoint is more than https:\/\/ and a host$/],
    ] as const
  ) {
    const { verdict, cluster } = await describe(more);
    deepEqual([verdict.state, verdict.code], ["failure", "eks-describe"]);
    match(verdict.found, found);
    match(renderRemedy({}, verdict as { hint: string }), /endpoint URL \(AWS_ENDPOINT_URL/);
    const path = "/k";
    const context = {
      ...{ name: "dev", path, namespace: undefined, clusterName: "dev", userName: undefined, user: undefined },
      cluster: {
        ...{
          name: "dev",
          path,
          server: "https://x",
          certificateAuthorityData: "QQ==",
          certificateAuthority: undefined,
        },
        ...{ isInsecure: false, proxyUrl: undefined, tlsServerName: undefined },
      },
    };
    const entry = checkEntry({ context, cluster, source: "EKS", update: undefined });
    deepEqual(entry, { state: "skipped", found: "EKS does not say what it should be" });
  }
  equal((await describe({})).verdict.state, "ok");
  equal((await describe({ certificateAuthority: { data: EMULATED } }, "http://localhost:5000")).verdict.state, "ok");
});
