import { equal, notEqual } from "node:assert/strict";
import { keepSecret } from "../../src/aws/client/credentials.ts";
import { eksClient } from "../../src/aws/eks/eks.ts";
import { fakeHost } from "../support/host/fake_host.ts";

const settings = {
  profile: "default",
  endpoints: {},
  fips: false,
  dualstack: false,
  maxAttempts: 1,
  retryMode: "standard",
} as const;
const keys = () => keepSecret({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" });

Deno.test("calls to one region as one identity share a client, and no others do", async () => {
  const host = fakeHost();
  const access = { region: "us-east-2", settings, credentials: keys() };
  const client = await eksClient(host, access);
  equal(await eksClient(host, { ...access }), client);
  notEqual(await eksClient(host, { ...access, region: "us-west-2" }), client);
  notEqual(await eksClient(host, { ...access, credentials: keys() }), client);
  notEqual(await eksClient(host, { ...access, settings: { ...settings, fips: true } }), client);
  notEqual(await eksClient(fakeHost(), access), client);
  equal(await eksClient(host, access), client);
});
