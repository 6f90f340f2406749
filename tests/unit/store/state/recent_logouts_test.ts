import { equal } from "node:assert/strict";
import { isLoggedOut, recordLogout } from "../../../../src/store/state/recent_logouts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const AT = Date.parse("2026-01-01T00:00:00Z");
const DEV = { path: "/h/.config/atmos/r/aws/sso/credentials", profile: "dev" };

/** A program that began then, and has come to `now`, with the files of the others. */
function program(started: number, { files, now = started }: { readonly files: MemoryFiles; readonly now?: number }) {
  const host = fakeHost({ env: { HOME: "/h" }, now, files: { read: files.reader, write: files.writer } });
  return { ...host, clock: { ...host.clock, started } };
}

Deno.test("a logout concerns what began before it: all below its paths, or one profile there", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  const places = [{ path: "/h/.config/atmos/r/aws/sso", profile: "dev" }, { path: "/h/x/y.json" }];
  await recordLogout(program(AT, { files }), places);
  const now = AT + 1_000;
  const before = program(AT - 1, { files, now });
  equal(isLoggedOut(before, DEV), true);
  equal(isLoggedOut(program(AT, { files, now }), DEV), false, "it has read nothing by then");
  equal(isLoggedOut(program(AT + 1, { files, now }), DEV), false);
  equal(isLoggedOut(before, { ...DEV, profile: "ops" }), false);
  equal(isLoggedOut(before, { ...DEV, path: DEV.path.replace("/sso/", "/sso2/") }), false);
  equal(isLoggedOut(before, { path: "/h/x/y.json" }), true);
  equal(isLoggedOut(before, { path: "/h/x/y.json.bak" }), false);
});

Deno.test("a logout of a provider is none of one whose name goes on after a slash", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(program(AT, { files }), [{ path: "/h/r/aws/a", isOfProvider: true }]);
  const before = program(AT - 1, { files, now: AT });
  for (const path of ["credentials", "fingerprint-0123/credentials"]) {
    equal(isLoggedOut(before, { path: `/h/r/aws/a/${path}` }), true, path);
    equal(isLoggedOut(before, { path: `/h/r/aws/a/b/${path}` }), false, path);
  }
});

Deno.test("a logout of a clock that was ahead ends no login", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(program(AT + 3_600_000, { files }), [{ path: "/h" }]);
  equal(isLoggedOut(program(AT - 1, { files, now: AT }), DEV), false);
});

Deno.test("logouts of more than an hour ago are forgotten", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(program(AT, { files }), [{ path: "/h/a" }]);
  await recordLogout(program(AT + 3_600_001, { files }), [{ path: "/h/b" }]);
  const host = program(0, { files, now: AT + 3_600_002 });
  equal(isLoggedOut(host, { path: "/h/a/x" }), false);
  equal(isLoggedOut(host, { path: "/h/b/x" }), true);
});
