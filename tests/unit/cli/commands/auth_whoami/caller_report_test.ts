import { deepEqual } from "node:assert/strict";
import { redact } from "../../../../../src/cli/commands/auth_whoami/caller_report.ts";

Deno.test("whoami: HOME is ~ at the start of a path, and nowhere else", () => {
  const variables = { A: "/h/me", B: "/h/me/x:/h/me/y:/h/men:/z/h/me", C: "" };
  deepEqual(redact({ variables, home: "/h/me" }), { A: "~", B: "~/x:~/y:/h/men:/z/h/me", C: "" });
  deepEqual(redact({ variables, home: undefined }), variables);
});

Deno.test("whoami: what may be secret is hidden, by its name or as the password of a URL", () => {
  const names = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SESSION_TOKEN",
    "db_password",
    "Api_Key",
    "PRIVATE",
  ];
  const hidden = redact({ variables: Object.fromEntries(names.map((name) => [name, "x"])), home: undefined });
  deepEqual(new Set(Object.values(hidden)), new Set(["***REDACTED***"]));
  const variables = { DB: "pg://me:hush@db/x", PAGE: "https://corp:443/start", AWS_PROFILE: "dev", TZ: "a:b@c" };
  deepEqual(redact({ variables, home: undefined }), { ...variables, DB: "***REDACTED***" });
});
