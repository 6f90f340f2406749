import assert from "node:assert/strict";
import { checkEndpointPin } from "../../../../src/kube/exec/endpoint_pin.ts";
import { atmosPlugin } from "../../../../src/kube/exec/exec_plugin.ts";
import { buildEntry } from "../../../../src/kube/kubeconfig/entry.ts";
import { devFacts } from "../../../support/kubeconfig/entry_facts.ts";

const ENDPOINT = "https://EXAMPLE.gr7.us-east-2.eks.amazonaws.com";
const AUTHORITY = btoa("-----BEGIN CERTIFICATE-----");
const exec = atmosPlugin({ clusterName: "dev-cluster", region: "us-east-2" }, { command: "/atmos", args: [] });
const { user } = buildEntry(devFacts({ endpoint: ENDPOINT, certificateAuthorityData: AUTHORITY, exec }));
const [, endpoint, , authority] = (user.payload["exec"] as { readonly args: readonly string[] }).args.slice(-4);
const CLUSTER = { server: ENDPOINT, certificateAuthorityData: AUTHORITY, isInsecure: false };

Deno.test("the server that the entry was written for is the one, however its URL is spelled", async () => {
  for (const server of [ENDPOINT, `${ENDPOINT}/`, `${ENDPOINT.toLowerCase()}:443`]) {
    await checkEndpointPin({ cluster: { ...CLUSTER, server }, endpoint, authority });
  }
});

Deno.test("no other server gets a token, nor one that is not verified it is", async () => {
  const others = {
    "the entry was written for": { server: "https://evil.example" },
    "the entry was written for https": { server: `${ENDPOINT}/proxy` },
    "written for": { server: "" },
    "insecure-skip-tls-verify": { isInsecure: true },
    "its certificate authority": { certificateAuthorityData: btoa("another") },
    "its certificate authority is not": { certificateAuthorityData: undefined },
    "authority": { certificateAuthorityData: "%" },
  };
  for (const [message, change] of Object.entries(others)) {
    await assert.rejects(
      checkEndpointPin({ cluster: { ...CLUSTER, ...change }, endpoint, authority }),
      (error: Error) => {
        assert.match(error.message, new RegExp(message));
        return true;
      },
    );
  }
});

Deno.test("nothing is checked for clients that tell no server, and for entries of before", async () => {
  const cluster = { ...CLUSTER, server: "https://elsewhere.example" };
  await checkEndpointPin({ cluster: undefined, endpoint, authority });
  await checkEndpointPin({ cluster, endpoint: undefined, authority: undefined });
});
