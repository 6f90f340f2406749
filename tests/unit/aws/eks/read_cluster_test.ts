import { deepEqual, throws } from "node:assert/strict";
import { UnusableAnswer } from "../../../../src/aws/client/answer.ts";
import { readCluster } from "../../../../src/aws/eks/read_cluster.ts";
import { Secret } from "../../../../src/secret.ts";

const TOKEN = "session/TOKEN+that=is-long-enough";
const ENDPOINT = "https://X.gr7.us-east-2.eks.amazonaws.com";
const DATA = btoa("-----BEGIN CERTIFICATE-----");

Deno.test("a cluster that repeats a secret in a field that a kubeconfig gets is refused, in whatever form", () => {
  new Secret(TOKEN);
  const cluster = { name: "dev", arn: "arn", endpoint: ENDPOINT, certificateAuthority: { data: DATA } };
  deepEqual(readCluster({ cluster })?.certificateAuthority, { data: DATA });
  deepEqual(readCluster({ cluster: { name: "dev" } })?.certificateAuthority, { data: undefined });
  for (
    const echoed of [
      { endpoint: `${ENDPOINT}/${TOKEN}` },
      { endpoint: `https://${new TextEncoder().encode(TOKEN).toHex()}.eks.amazonaws.com` },
      { certificateAuthority: { data: btoa(`-----BEGIN CERTIFICATE-----\n# ${TOKEN}\n`) } },
      { arn: TOKEN },
      { name: encodeURIComponent(TOKEN) },
    ]
  ) throws(() => readCluster({ cluster: { ...cluster, ...echoed } }), UnusableAnswer, JSON.stringify(echoed));
});
