import assert from "node:assert/strict";
import { findRoute, isListedElsewhere, isListedForRuntime } from "../../../../src/host/net/proxy.ts";

function find(url: string, env: Record<string, string>) {
  const route = routeTo(url, env);
  return route.kind === "proxy" ? route.proxy : undefined;
}

function routeTo(url: string, env: Record<string, string>) {
  return findRoute(new URL(url), (name) => env[name] || undefined);
}

const HTTPS = "https://eks.us-east-2.amazonaws.com/clusters/dev";
const HTTP = "http://10.1.2.3:8080/";

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
  ["NO_PROXY", HTTP, { HTTP_PROXY: "http://p", NO_PROXY: "10.1.2.3" }, undefined],
  ["no_proxy", HTTP, { HTTP_PROXY: "http://p", no_proxy: "10.0.0.0/8" }, undefined],
  ["a broken one that NO_PROXY keeps out", HTTP, { HTTP_PROXY: "http://[::1", NO_PROXY: "10.1.2.3" }, undefined],
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

const NEXT_TO = ["localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "[::1]", "169.254.169.254", "169.254.170.2"];
const FAR = ["10.0.0.1", "notlocalhost", "localhost.example", "[fd00:ec3::1]", "169.253.0.1"];
for (const host of [...NEXT_TO, "[fd00:ec2::254]", "[fe80::1]", ...FAR]) {
  const isFar = FAR.includes(host);
  Deno.test(`what has no TLS goes ${isFar ? "through" : "around"} the proxy to ${host}, and the rest through it`, () => {
    for (const variable of ["HTTP_PROXY", "ALL_PROXY"]) {
      const env = { [variable]: "http://p", NO_PROXY: "x" };
      assert.equal(routeTo(`http://${host}:81/`, env).kind, isFar ? "proxy" : "around-proxy", variable);
    }
    assert.equal(routeTo(`https://${host}/`, { HTTPS_PROXY: "http://p" }).kind, "proxy");
  });
}

const cases: readonly (readonly [string, string, boolean])[] = [
  ["a.example", "a.example", true],
  ["sub.a.example", "a.example", true],
  ["sub.a.example", ".a.example", true],
  ["a.example", ".a.example", true],
  ["nota.example", "a.example", false],
  ["a.example", "x, a.example", true],
  ["a.example", "*", true],
  ["127.0.0.1", "*", false],
  ["a.example", "*.example", false],
  ["a.example", "a.example:443", false],
  ["a.example", "", false],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.9.9.9", "127.0.0.0/8", true],
  ["128.0.0.1", "127.0.0.0/8", false],
  ["10.42.1.100", "10.42.1.1/24", true],
  ["10.42.2.100", "10.42.1.1/24", false],
  ["[::1]", "::1", true],
  ["[2001:db8:a0b:12f0::1]", "2001::/17", true],
  ["[2005:db8::1]", "2001::/17", false],
  ["[::1]", "127.0.0.1", false],
];
for (const [host, noProxy, expected] of cases) {
  Deno.test(`NO_PROXY="${noProxy}" ${expected ? "keeps" : "does not keep"} ${host} from the runtime's proxy`, () => {
    assert.equal(isListedForRuntime(host, noProxy), expected);
  });
}

/** What other programs understand: NO_PROXY, then the URLs that it lists, and those that it does not. */
const ELSEWHERE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["", [], ["http://a.example/"]],
  [" , ,", [], ["http://a.example/"]],
  // The whole host, in any case.
  ["a.example", ["http://a.example/", "https://a.example:8443/x"], ["http://b.a.example/", "http://xa.example/"]],
  ["A.Example", ["https://a.example/"], ["https://a.example.org/"]],
  ["localhost", ["http://localhost:8080/"], ["http://a.localhost/"]],
  // Separators.
  ["x b a.example", ["http://a.example/", "http://x/", "http://b/"], ["http://example/"]],
  ["x,a.example", ["http://a.example/"], ["http://xa.example/"]],
  ["x,  a.example\ty,,", ["http://a.example/", "http://y/"], ["http://z/"]],
  // Stars: all hosts, or the end of one.
  ["*", ["http://a.example/", "http://127.0.0.1/", "http://[::1]:8/"], []],
  ["x,*", ["http://a.example/", "https://127.0.0.1/"], []],
  ["*.example", ["http://a.example/", "http://b.a.example/"], ["http://example/", "http://a.example.org/"]],
  ["*example", ["http://example/", "http://a.example/", "http://counterexample/"], ["http://example.org/"]],
  ["*.0.0.1", ["http://127.0.0.1/"], ["http://127.0.0.2/"]],
  ["a.*", [], ["http://a.example/", "http://a.b/"]],
  ["a.*.example", [], ["http://a.b.example/"]],
  ["**.example", [], ["http://a.example/"]],
  // A leading dot.
  [".example", ["http://a.example/", "http://b.a.example/"], ["http://example/", "http://counterexample/"]],
  ["..example", [], ["http://a.example/"]],
  // Ports, the usual one where the URL names none.
  ["a.example:443", ["https://a.example/", "http://a.example:443/"], ["http://a.example/", "https://a.example:8443/"]],
  ["a.example:80", ["http://a.example/", "https://a.example:80/"], ["https://a.example/", "http://a.example:8080/"]],
  ["a.example:8443,b", ["https://a.example:8443/", "https://b:1/"], ["https://a.example/"]],
  [".example:8443", ["https://a.example:8443/"], ["https://a.example/"]],
  ["*.example:443", ["https://a.example/"], ["http://a.example/"]],
  ["*:8443", ["https://a.example:8443/", "http://127.0.0.1:8443/"], ["https://a.example/"]],
  ["a.example:0", ["http://a.example/", "https://a.example:8443/"], ["http://b.example/"]],
  ["a.example:", [], ["http://a.example/"]],
  ["a.example:http", [], ["http://a.example/"]],
  // Addresses, those of IPv6 in brackets.
  ["127.0.0.1", ["http://127.0.0.1:8080/"], ["http://127.0.0.11/", "http://localhost/"]],
  ["127.0.0.1:8080", ["http://127.0.0.1:8080/"], ["http://127.0.0.1/"]],
  ["[::1]", ["http://[::1]/", "https://[::1]:8443/"], ["http://[::2]/", "http://127.0.0.1/"]],
  ["[::1]:8443", ["https://[::1]:8443/"], ["https://[::1]/"]],
  ["10.0.0.0/8", [], ["http://10.0.0.1/"]],
];
for (const [noProxy, listed, others] of ELSEWHERE) {
  Deno.test(`NO_PROXY="${noProxy}" as other programs read it`, () => {
    for (const url of listed) assert.ok(isListedElsewhere(new URL(url), noProxy), `${url} is listed`);
    for (const url of others) assert.ok(!isListedElsewhere(new URL(url), noProxy), `${url} is not listed`);
  });
}
