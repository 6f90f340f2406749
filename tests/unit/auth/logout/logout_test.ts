import { deepEqual, equal, match } from "node:assert/strict";
import { removeLogins } from "../../../../src/auth/logout/logout.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { diskWith } from "../../../support/atmos/memory_atmos.ts";
import { section, sessionFile, START } from "../../../support/config/stored_logins.ts";

const PLACE = { credentials: "/h/corp/credentials", config: "/h/corp/config", profile: "dev-admin" };
// Over: AWS is asked nothing, the fake host has no answer.
const PAST = "2026-01-02T03:04:05Z";

async function world() {
  const { path, text } = await sessionFile({ startUrl: START, region: "us-east-1", expiresAt: PAST });
  const disk = diskWith({ [`/h/${path}`]: text, [PLACE.credentials]: section("dev-admin", PAST) });
  const read = { ...disk.reader, cwd: () => "/h" };
  const host = fakeHost({ files: { read, write: disk.writer }, env: { HOME: "/h" }, now: Date.parse(PAST) });
  const session = { startUrl: START, region: "us-east-1", path: `/h/${path}`, endpointUrl: undefined };
  const plan = {
    profiles: [PLACE],
    webflows: [],
    found: [],
    sessions: [{ ...session, providers: ["corp"], others: [] }],
  };
  return { disk, host, session, plan };
}

Deno.test("logout: a session that is over goes without a word to AWS", async () => {
  const { disk, host, session, plan } = await world();
  deepEqual(await removeLogins(host, plan), { left: [], open: [] });
  equal(host.seen.requests.length, 0);
  deepEqual([disk.text(session.path), disk.text(PLACE.credentials)], [undefined, undefined]);
});

Deno.test("logout: what stays on the disk is told, and the other files go", async () => {
  const profile = await world();
  profile.disk.close("/h/corp", "denied");
  profile.disk.close(PLACE.credentials, "denied");
  const { left } = await removeLogins(profile.host, profile.plan);
  equal(left.length, 1);
  match(left[0]!.message, /^Cannot write credentials "\/h\/corp\/credentials": /);
  equal(profile.disk.text(profile.session.path), undefined);
  const session = await world();
  session.disk.close(session.session.path.replace(/\/[^/]*$/, ""), "denied");
  const kept = await removeLogins(session.host, session.plan);
  deepEqual([kept.left.length, session.disk.text(PLACE.credentials)], [1, undefined]);
  match(kept.left[0]!.message, /^Cannot remove SSO session "/);
});
