import { deepEqual, equal, match } from "node:assert/strict";
import { callbackPage, callbackVisit, callbackVisits } from "../../../../src/auth/sso/callback.ts";
import { Secret } from "../../../../src/secret.ts";

const STATE = new Secret("s1");

function visit(target: string, method = "GET") {
  const { answer, found } = callbackVisit({ method, target }, STATE);
  return { answer, found, status: answer.status };
}

Deno.test("callback: the code with the right state ends the wait, and the page holds neither", () => {
  const { answer, found } = visit("/oauth/callback?code=c%2B1&state=s1");
  equal(found?.kind === "code" ? found.code.reveal() : found, "c+1");
  equal(answer.status, 200);
  match(answer.body, /You can close this tab/);
  equal(/c\+1|c%2B1|s1/.test(answer.body), false);
});

Deno.test("callback: a page of words, that nobody keeps and nothing runs in", () => {
  const { headers, body } = visit("/oauth/callback?code=c&state=s1").answer;
  equal(headers["content-type"], "text/html; charset=utf-8");
  match(headers["content-security-policy"]!, /^default-src 'none'; .*frame-ancestors 'none'$/);
  deepEqual([headers["cache-control"], headers["referrer-policy"], headers["x-content-type-options"]], [
    "no-store",
    "no-referrer",
    "nosniff",
  ]);
  equal(/<script|<style|<img|<link|http-equiv/.test(body), false);
});

const strangers: readonly (readonly [number, string, string?])[] = [
  [404, "/favicon.ico"],
  [404, "/oauth/callback/?code=c&state=s1"],
  [404, "/OAuth/callback?code=c&state=s1"],
  [404, ""],
  [404, "//evil.example/oauth/callbac?code=c&state=s1"],
  [400, "/oauth/callback"],
  [400, "/oauth/callback?code=c"],
  [400, "/oauth/callback?code=c&state="],
  [400, "/oauth/callback?code=c&state=S1"],
  [400, "/oauth/callback?code=c&state=s2&state=s1"],
  [400, "/oauth/callback?error=access_denied&state=s2"],
  [400, "/oauth/callback?state=s1"],
  [400, "/oauth/callback?code=&state=s1"],
  [400, "/oauth/callback?code=c&state=s1", "POST"],
  [400, "/oauth/callback?code=c&state=s1", "HEAD"],
];

for (const [status, target, method = "GET"] of strangers) {
  Deno.test(`callback: ${method} "${target}" is sent away and the wait goes on: ${status}`, () => {
    const seen = visit(target, method);
    deepEqual([seen.status, seen.found], [status, undefined]);
  });
}

Deno.test("callback: a refusal ends the wait; its words cannot become a part of the page", () => {
  const refused = visit("/oauth/callback?error=access_denied&state=s1");
  deepEqual(refused.found, { kind: "refused", error: "access_denied" });
  equal(refused.status, 400);
  match(refused.answer.body, /AWS reported: access_denied\./);
  const { answer, found } = visit("/oauth/callback?error=%3Cscript%3Ex()%3C/script%3E&code=c&state=s1");
  equal(found?.kind, "refused");
  equal(answer.body.includes("<script>"), false);
  match(callbackPage({ status: 200, title: `<&>"'`, text: "" }).body, /<h1>&lt;&amp;&gt;&quot;&#39;<\/h1>/);
});

Deno.test("callback: a state ends the wait once, a wrong one before does not, and what comes later brings nothing", () => {
  for (const first of ["code=c", "error=access_denied"]) {
    const answered = callbackVisits(STATE);
    const come = (query: string) => answered({ method: "GET", target: `/oauth/callback?${query}` });
    for (const stranger of ["code=x&state=s2", "error=x&state=", "code=x"]) equal(come(stranger).found, undefined);
    equal(come(`${first}&state=s1`).found === undefined, false);
    for (const later of [first, "code=forged", "error=access_denied"]) {
      const { answer, found } = come(`${later}&state=s1`);
      deepEqual([answer.status, found], [400, undefined]);
      match(answer.body, /already complete/);
    }
  }
});
