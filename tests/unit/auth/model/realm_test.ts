import { deepEqual, equal, rejects } from "node:assert/strict";
import { resolveRealm } from "../../../../src/auth/model/realm.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const host = (env: Record<string, string> = {}) => fakeHost({ env });

Deno.test("realmOf: variable, auth.realm, place, default", async () => {
  const both = { configured: "team", directory: "/repo" };
  deepEqual(await resolveRealm(host({ ATMOS_AUTH_REALM: "ci-1" }), both), { value: "ci-1", source: "env" });
  deepEqual(await resolveRealm(host(), both), { value: "team", source: "config" });
  deepEqual(await resolveRealm(host({ ATMOS_AUTH_REALM: "" }), { ...both, configured: "" }), {
    value: "816fc349d3faebf8",
    source: "config",
  });
  deepEqual(await resolveRealm(host(), { configured: undefined, directory: undefined }), {
    value: "default",
    source: "default",
  });
});

// The right column: printf %s … | sha256sum | cut -c1-16, after lower-casing as Go does.
const places: readonly (readonly [string, string])[] = [
  ["/repo", "816fc349d3faebf8"],
  ["/Repo/", "816fc349d3faebf8"],
  ["/x/..//Repo/.", "816fc349d3faebf8"],
  ["/home/me/Infra\\Live", "b75dea85d7630147"],
  ["C:\\Users\\Me\\infra", "f6ae677f399ab320"],
  ["/\u0130\u03a3/\u03a3\u03a3", "0ecb90488428c952"],
];

for (const [directory, value] of places) {
  Deno.test(`realmOf: the hash of ${JSON.stringify(directory)}`, async () => {
    equal((await resolveRealm(host(), { configured: undefined, directory })).value, value);
  });
}

Deno.test("realmOf refuses what would be another directory", async () => {
  for (const bad of ["A", "a/b", "..", "-a", "a_", "a--b", "a-_b", "a b", "a\n", "é", "a".repeat(65)]) {
    await rejects(resolveRealm(host({ ATMOS_AUTH_REALM: bad }), { configured: undefined, directory: undefined }), {
      code: "config-invalid",
      hint: "Correct or remove ATMOS_AUTH_REALM",
    });
    await rejects(resolveRealm(host(), { configured: bad, directory: "/repo" }), {
      hint: "Correct or remove auth.realm",
    });
  }
  equal(
    (await resolveRealm(host({ ATMOS_AUTH_REALM: "a".repeat(64) }), { configured: "x", directory: "/" })).value.length,
    64,
  );
});
