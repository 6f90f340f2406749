import { deepEqual, equal } from "node:assert/strict";
import { CookieJar } from "../../../../src/auth/saml/cookie_jar.ts";

const NOW = Date.UTC(2026, 0);

function jarWith(from: string, ...headers: readonly string[]): (to: string, now?: number) => string | undefined {
  const jar = new CookieJar();
  for (const header of headers) jar.store(header, { url: new URL(from), now: NOW });
  return (to, now = NOW) => jar.header({ url: new URL(to), now });
}

Deno.test("cookies: of the host alone, of its domain when it says so, never of another's or a whole TLD", () => {
  const sent = jarWith("https://a.idp.example.com/x", "own=1", "wide=2; Domain=.example.com", "no=3; domain=other.com");
  equal(sent("https://a.idp.example.com/x"), "own=1; wide=2");
  equal(sent("https://b.example.com/"), "wide=2");
  equal(sent("https://badexample.com/"), undefined);
  equal(jarWith("https://a.com/", "tld=1; domain=com")("https://b.com/"), undefined);
  equal(jarWith("http://127.0.0.1:1/", "a=1; domain=0.0.1")("http://127.0.0.1:1/"), undefined);
});

/** Where a cookie with that Domain comes from, what it and the domain get, and what a host below the domain gets. */
const DOMAINS: readonly (readonly [string, string, string | undefined, string | undefined])[] = [
  ["sso.corp.co.uk", "corp.co.uk", "a=1", "a=1"],
  ["sso.corp.co.uk", "CORP.CO.UK", "a=1", "a=1"],
  ["corp.co.uk", "co.uk", undefined, undefined],
  ["sso.corp.co.uk", ".co.uk", undefined, undefined],
  ["me.github.io", "github.io", undefined, undefined],
  ["me.github.io", "io", undefined, undefined],
  ["x.s3.amazonaws.com", "s3.amazonaws.com", undefined, undefined],
  ["a.compute.amazonaws.com.cn", "com.cn", undefined, undefined],
  ["idp.com", "com", undefined, undefined],
  ["idp.com", "com.", undefined, undefined],
  ["sso.corp.internal", "corp.internal", "a=1", "a=1"],
  ["sso.corp.internal", "internal", undefined, undefined],
  ["sso.corp.local", "corp.local", "a=1", "a=1"],
  ["localhost", "localhost", "a=1", undefined],
  ["xn--mnchen-3ya.de", "münchen.de", "a=1", "a=1"],
  ["a.idp.com", "idp.co", undefined, undefined],
  ["a.idp.com", "b.idp.com", undefined, undefined],
  ["idp.com", "a.idp.com", undefined, undefined],
  // A host that is a public suffix, or has one name only, may name itself and means nothing below it.
  ["github.io", "github.io", "a=1", undefined],
  ["idp", "idp", "a=1", undefined],
  ["10.0.0.7", "10.0.0.7", "a=1", undefined],
  ["10.0.0.7", "0.0.7", undefined, undefined],
  ["[fd00::7]", "[fd00::7]", "a=1", undefined],
];
for (const [host, domain, own, beside] of DOMAINS) {
  Deno.test(`cookies: ${host} may ${own ? "" : "not "}set one for ${domain}`, () => {
    const sent = jarWith(`https://${host}/`, `a=1; Domain=${domain}`);
    equal(sent(`https://${host}/`), own);
    const named = domain.replace(/^\./, "");
    equal(sent(`https://${named}/`), own);
    if (URL.canParse(`https://beside.${named}/`)) equal(sent(`https://beside.${named}/`), beside);
  });
}

Deno.test("cookies: without a Domain of the very host, not of those below it", () => {
  const sent = jarWith("https://idp.com/", "a=1", "b=2; Domain=", "c=3; Domain=idp.com");
  equal(sent("https://idp.com/"), "a=1; b=2; c=3");
  equal(sent("https://x.idp.com/"), "c=3");
});

Deno.test("cookies: paths, the longest first", () => {
  const sent = jarWith(
    "https://idp.com/realms/corp/login",
    "a=1; path=/",
    "b=2; Path=/realms/corp/",
    "c=3",
    "d=4; path=/x",
  );
  equal(sent("https://idp.com/realms/corp/otp"), "b=2; c=3; a=1");
  equal(sent("https://idp.com/realms/corporate"), "a=1");
});

Deno.test("cookies: secure ones come from and go over TLS or loopback alone", () => {
  const secure = jarWith("https://idp.com/", "s=1; Secure");
  deepEqual([secure("http://idp.com/"), secure("https://idp.com/")], [undefined, "s=1"]);
  for (const url of ["http://127.0.0.1/", "http://localhost/", "http://[::1]/"]) {
    equal(jarWith(url, "s=1; secure")(url), "s=1");
  }
  equal(jarWith("http://idp.com/", "s=1; secure")("https://idp.com/"), undefined);
});

Deno.test("cookies: names that promise something keep it", () => {
  const host = ["__Host-a=1; Secure; Path=/", "__Host-b=2; Secure; Path=/; Domain=idp.com", "__Host-c=3; Secure"];
  const sent = jarWith("https://a.idp.com/x/", ...host, "__Secure-d=4", "__Secure-e=5; Secure", "s[x]=6");
  equal(sent("https://a.idp.com/x/"), "__Secure-e=5; s[x]=6; __Host-a=1");
});

/** What is sent after a=1 and another header: a later one replaces, an expired one removes, rubbish is left aside. */
const AFTER: Readonly<Record<string, string | undefined>> = {
  ...{ "a=2=3": "a=2=3", "a=": "a=", "=x": "a=1", "nothing": "a=1", "": "a=1" },
  ...{ "a=; Max-Age=0": undefined, "a=; Max-Age=-1": undefined, "a=5; Max-Age=99999999999999999999": "a=5" },
  "a=; expires=Thu, 01 Jan 1970 00:00:00 GMT": undefined,
  "a=; expires=Thu, 01-Jan-70 00:00:00 GMT": undefined,
  "a=5; Max-Age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT": "a=5",
  "a=5; Max-Age=x; Expires=soon": "a=5",
};
for (const [header, expected] of Object.entries(AFTER)) {
  Deno.test(`cookies: a=1, then "${header}"`, () => {
    equal(jarWith("https://idp.com/", "a=1", header)("https://idp.com/"), expected);
  });
}

Deno.test("cookies: they expire by the clock that is given, however often they are used", () => {
  const sent = jarWith("https://idp.com/", "a=1; Max-Age=60", "b=2; Expires=Thu, 01 Jan 2026 00:02:00 GMT", "c=3");
  equal(sent("https://idp.com/", NOW + 59_000), "a=1; b=2; c=3");
  equal(sent("https://idp.com/", NOW + 60_000), "b=2; c=3");
  equal(sent("https://idp.com/", NOW + 120_000), "c=3");
});

Deno.test("cookies: no more than a login needs, whatever a server sends", () => {
  const sent = jarWith("https://idp.com/", ...Array.from({ length: 1000 }, (_, at) => `c${at}=1`));
  equal(sent("https://idp.com/")?.split("; ").length, 300);
  const same = jarWith("https://idp.com/", ...Array.from({ length: 1000 }, (_, at) => `c=${at}`));
  equal(same("https://idp.com/"), "c=999");
});
