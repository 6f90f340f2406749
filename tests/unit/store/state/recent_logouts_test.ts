import { equal } from "node:assert/strict";
import { isLoggedOutSince, recordLogout } from "../../../../src/store/state/recent_logouts.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const AT = Date.parse("2026-01-01T00:00:00Z");
const DEV = { path: "/h/.config/atmos/r/aws/sso/credentials", profile: "dev" };

/** A machine at a time of its own, with the files of the others. */
function at(ms: number, files: MemoryFiles) {
  return fakeHost({ env: { HOME: "/h" }, now: ms, files: { read: files.reader, write: files.writer } });
}

Deno.test("a logout concerns what began before it: all below its paths, or one profile there", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(at(AT, files), [{ path: "/h/.config/atmos/r/aws/sso", profile: "dev" }, { path: "/h/x/y.json" }]);
  const later = at(AT + 1_000, files);
  equal(isLoggedOutSince(later, DEV, AT - 1), true);
  equal(isLoggedOutSince(later, DEV, AT), true);
  equal(isLoggedOutSince(later, DEV, AT + 1), false);
  equal(isLoggedOutSince(later, { ...DEV, profile: "ops" }, AT - 1), false);
  equal(isLoggedOutSince(later, { ...DEV, path: DEV.path.replace("/sso/", "/sso2/") }, AT - 1), false);
  equal(isLoggedOutSince(later, { path: "/h/x/y.json" }, AT - 1), true);
  equal(isLoggedOutSince(later, { path: "/h/x/y.json.bak" }, AT - 1), false);
});

Deno.test("a logout of a clock that was ahead ends no login", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(at(AT + 3_600_000, files), [{ path: "/h" }]);
  equal(isLoggedOutSince(at(AT, files), DEV, AT - 1), false);
});

Deno.test("logouts of more than an hour ago are forgotten", async () => {
  const files = new MemoryFiles();
  files.directory("/h");
  await recordLogout(at(AT, files), [{ path: "/h/a" }]);
  await recordLogout(at(AT + 3_600_001, files), [{ path: "/h/b" }]);
  const host = at(AT + 3_600_002, files);
  equal(isLoggedOutSince(host, { path: "/h/a/x" }, 0), false);
  equal(isLoggedOutSince(host, { path: "/h/b/x" }, 0), true);
});
