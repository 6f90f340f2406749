import { equal } from "node:assert/strict";
import { CookieJar } from "../../../../src/auth/saml/cookie_jar.ts";

const NOW = Date.UTC(2026, 0);

function jarWith(from: string, ...headers: readonly string[]): (to: string) => string | undefined {
  const jar = new CookieJar();
  for (const header of headers) jar.store(header, { url: new URL(from), now: NOW });
  return (to) => jar.header(new URL(to));
}

Deno.test("cookies: of the host alone, of its domain when it says so, never of another's or a whole TLD", () => {
  const sent = jarWith("https://a.idp.example.com/x", "own=1", "wide=2; Domain=.example.com", "no=3; domain=other.com");
  equal(sent("https://a.idp.example.com/x"), "own=1; wide=2");
  equal(sent("https://b.example.com/"), "wide=2");
  equal(sent("https://badexample.com/"), undefined);
  equal(jarWith("https://a.com/", "tld=1; domain=com")("https://b.com/"), undefined);
  equal(jarWith("http://127.0.0.1:1/", "a=1; domain=0.0.1")("http://127.0.0.1:1/"), undefined);
});

Deno.test("cookies: paths, the longest first; secure ones over TLS or loopback alone", () => {
  const sent = jarWith(
    "https://idp.com/realms/corp/login",
    "a=1; path=/",
    "b=2; Path=/realms/corp/",
    "c=3",
    "d=4; path=/x",
  );
  equal(sent("https://idp.com/realms/corp/otp"), "b=2; c=3; a=1");
  equal(sent("https://idp.com/realms/corporate"), "a=1");
  const secure = jarWith("https://idp.com/", "s=1; Secure");
  equal(secure("http://idp.com/"), undefined);
  equal(secure("https://idp.com/"), "s=1");
  equal(jarWith("http://127.0.0.1/", "s=1; secure")("http://127.0.0.1/"), "s=1");
});

Deno.test("cookies: a later one replaces, an expired one removes, rubbish is left aside", () => {
  const after = (header: string) => jarWith("https://idp.com/", "a=1", header)("https://idp.com/");
  equal(after("a=2=3"), "a=2=3");
  equal(after("a=; Max-Age=0"), undefined);
  equal(after("a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"), undefined);
  equal(after("a=5; Max-Age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT"), "a=5");
  equal(after("=x"), "a=1");
  equal(after("nothing"), "a=1");
});
