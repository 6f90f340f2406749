import assert from "node:assert/strict";
import { findRoute } from "../../../../src/host/net/proxy.ts";

function find(url: string, env: Record<string, string>) {
  const route = routeTo(url, env);
  return route.kind === "proxy" ? route.proxy : undefined;
}

function routeTo(url: string, env: Record<string, string>) {
  return findRoute(new URL(url), (name) => env[name] || undefined);
}

const HTTPS = "https://eks.us-east-2.amazonaws.com/clusters/dev";
const HTTP = "http://127.0.0.1:8080/";

const chosen: readonly (readonly [string, string, Record<string, string>, string | undefined])[] = [
  ["none", HTTPS, {}, undefined],
  ["the scheme's own", HTTPS, { HTTPS_PROXY: "http://s", HTTP_PROXY: "http://p" }, "HTTPS_PROXY http://s"],
  ["the other scheme's own", HTTP, { HTTPS_PROXY: "http://s", HTTP_PROXY: "http://p" }, "HTTP_PROXY http://p"],
  ["small letters", HTTPS, { https_proxy: "http://s:3128/" }, "https_proxy http://s:3128"],
  ["capitals first", HTTPS, { https_proxy: "http://s", HTTPS_PROXY: "http://c" }, "HTTPS_PROXY http://c"],
  ["an empty one is none", HTTPS, { HTTPS_PROXY: "", https_proxy: "http://s" }, "https_proxy http://s"],
  [
    "ALL_PROXY before all",
    HTTPS,
    { ALL_PROXY: "socks5://a:1080", HTTPS_PROXY: "http://s" },
    "ALL_PROXY socks5://a:1080",
  ],
  ["no HTTP_PROXY in a CGI program", HTTP, { HTTP_PROXY: "http://p", REQUEST_METHOD: "GET" }, undefined],
  ["a bare host", HTTP, { HTTP_PROXY: "junk" }, "HTTP_PROXY http://junk"],
  ["NO_PROXY", HTTP, { HTTP_PROXY: "http://p", NO_PROXY: "127.0.0.1" }, undefined],
  ["no_proxy", HTTP, { HTTP_PROXY: "http://p", no_proxy: "127.0.0.0/8" }, undefined],
  ["a broken one that NO_PROXY keeps out", HTTP, { HTTP_PROXY: "http://[::1", NO_PROXY: "127.0.0.1" }, undefined],
  ["user and password stay unsaid", HTTP, { HTTP_PROXY: "http://me:canary@p:1" }, "HTTP_PROXY http://p:1"],
];
for (const [says, url, env, expected] of chosen) {
  Deno.test(`the proxy of a request: ${says}`, () => {
    const found = find(url, env);
    assert.equal(found && `${found.variable} ${found.address}`, expected);
    assert.equal(found?.fault, undefined);
  });
}

const faults: readonly (readonly [string, string, RegExp])[] = [
  ["http://[::1", "http://[::1", /not the URL/],
  ["http://", "http://", /not the URL/],
  ["http://a b", "http://a b", /not the URL/],
  ["http://p:99999", "http://p:99999", /not the URL/],
  ["http://me:canary", "http://me:…", /not the URL/],
  ["http://me:canary@[::1", "http://[::1", /not the URL/],
  ["http://me:can@ary@p:1", "http://p:1", /not the URL/],
  ["socks4://me:canary@p:1", "socks4://p:1", /socks4 proxies are not supported/],
  ["http://canary@p:1", "http://p:1", /user without a password/],
];
for (const [value, address, fault] of faults) {
  Deno.test(`an unusable proxy: ${value}`, () => {
    const found = find(HTTP, { HTTP_PROXY: value });
    assert.equal(found?.address, address);
    assert.match(found?.fault ?? "", fault);
  });
}

const routes: readonly (readonly [Record<string, string>, "proxy" | "straight" | "around-proxy"])[] = [
  [{}, "straight"],
  [{ NO_PROXY: "*.amazonaws.com" }, "straight"],
  [{ HTTP_PROXY: "http://p", NO_PROXY: "*.amazonaws.com" }, "straight"],
  [{ HTTPS_PROXY: "http://p" }, "proxy"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: "" }, "proxy"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: "amazonaws.com" }, "straight"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: ".amazonaws.com,*.amazonaws.com" }, "straight"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: "*.amazonaws.com" }, "around-proxy"],
  [{ ALL_PROXY: "http://p", no_proxy: "x .amazonaws.com:443" }, "around-proxy"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: "eks.us-east-2.amazonaws.com:80" }, "proxy"],
  [{ HTTPS_PROXY: "http://[::1", NO_PROXY: "EKS.us-east-2.amazonaws.com" }, "around-proxy"],
  [{ HTTPS_PROXY: "http://p", NO_PROXY: "x", no_proxy: "*" }, "proxy"],
];
for (const [env, kind] of routes) {
  Deno.test(`the route of a request: ${kind} for ${JSON.stringify(env)}`, () => {
    assert.equal(routeTo(HTTPS, env).kind, kind);
  });
}
