import { equal, throws } from "node:assert/strict";
import { loginPage } from "../../../../src/aws/sso/sso_oidc.ts";

const PAGES = ["https://device.sso.us-east-2.amazonaws.com/?user_code=A-B", "http://127.0.0.1:8080/x", "http://[::1]/"];
const OTHERS = [
  "file:///etc/passwd",
  "http://example.com/",
  "javascript:1",
  "",
  "https://a:b@example.com/",
  "https://aws.amazon.com@example.com/",
];

Deno.test("a page that a browser opens is https or on this machine, and has no user before its host", () => {
  for (const page of PAGES) equal(loginPage(page), page);
  for (const page of OTHERS) {
    throws(() => loginPage(page), (error: Error & { code: string }) => {
      equal([page, error.code, /a:b|amazon/.test(error.message)].join(), `${page},login-denied,false`);
      return true;
    });
  }
});
