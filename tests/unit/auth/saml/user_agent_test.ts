import { deepEqual, equal, rejects } from "node:assert/strict";
import type { NetRequest, NetResponse } from "../../../../src/host/host.ts";
import { UserAgent } from "../../../../src/auth/saml/user_agent.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const PAGE: NetResponse = { status: 200, headers: {}, body: new Uint8Array() };
const POST = { method: "POST", body: "password=canary" } as const;

/** One login, whose answers redirect where these addresses lead; and what was sent. */
function login(redirects: Readonly<Record<string, string>>) {
  const sent: NetRequest[] = [];
  const fetch = (request: NetRequest) => {
    sent.push(request);
    const location = redirects[request.url];
    return Promise.resolve(location === undefined ? PAGE : { ...PAGE, status: 302, headers: { location } });
  };
  return { sent, agent: new UserAgent({ ...fakeHost(), net: { fetch } }, {}) };
}

const LOCAL = ["http://localhost:8099/in", "http://127.0.0.1/in", "http://[::1]:1/in"];

for (const url of [...LOCAL, "http://idp.example/in"]) {
  Deno.test(`a SAML page: a form of a page with TLS is not sent to ${url}, nor is a redirect followed there`, async () => {
    const { sent, agent } = login({ "https://idp.example/away": url });
    const way = /leads through an address without https/;
    await agent.load({ url: new URL("https://idp.example/start"), method: "GET" });
    await rejects(agent.load({ url: new URL(url), ...POST }), way);
    await rejects(agent.load({ url: new URL("https://idp.example/away"), method: "GET" }), way);
    deepEqual(sent.map((one) => one.url), ["https://idp.example/start", "https://idp.example/away"]);
  });
}

for (const url of LOCAL) {
  Deno.test(`a SAML page: a provider's own url may be ${url}, and leads to TLS and not back`, async () => {
    const { sent, agent } = login({ [url]: "https://idp.example/in", "https://idp.example/in": url });
    await rejects(agent.load({ url: new URL(url), method: "GET" }), /without https/);
    equal(sent.length, 2);
  });
}
