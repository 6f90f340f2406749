import { deepEqual, equal, rejects } from "node:assert/strict";
import { oneAtATime } from "../../../../src/auth/flow/one_at_a_time.ts";
import { loginPlace, talkWith } from "../login/login_place.ts";

const PATH = "/h/sessions/x.json";
const body = () => Promise.resolve("done");

/** Another process that logs in, and ends after so many of our sleeps. */
function heldFor(sleeps: number) {
  const { host, files } = loginPlace();
  files.put("/h/sessions/x.login", "");
  const other = host.write.open("/h/sessions/x.login", { how: "existing", mode: 0o600 });
  other.tryLock();
  let left = sleeps;
  const sleep = (ms: number) => {
    if (--left === 0) other.close();
    return host.clock.sleep(ms);
  };
  return { ...host, clock: { ...host.clock, sleep } };
}

Deno.test("one at a time: a free turn is taken at once and given back", async () => {
  const { host } = loginPlace();
  const talk = talkWith();
  for (let turn = 0; turn < 2; turn++) equal(await oneAtATime(host, { path: PATH, talk, body }), "done");
  await rejects(oneAtATime(host, { path: PATH, talk, body: () => Promise.reject(new Error("no")) }), /no/);
  equal(await oneAtATime(host, { path: PATH, talk, body }), "done");
  deepEqual([host.seen.sleeps, talk.said], [[], []]);
});

Deno.test("one at a time: a short wait is silent, a long one is told, an endless one is an error", async () => {
  const told = async (sleeps: number) => {
    const talk = talkWith();
    await oneAtATime(heldFor(sleeps), { path: PATH, talk, body });
    return talk.said;
  };
  deepEqual(await told(3), []);
  deepEqual(await told(100), ["Another atmos is logging in to the same place; waiting for it."]);
  await rejects(oneAtATime(heldFor(Infinity), { path: PATH, talk: talkWith(), body }), { code: "locked" });
});

Deno.test("one at a time: without a home, or on a closed disk, everybody logs in alone", async () => {
  const { host, files } = loginPlace();
  equal(await oneAtATime(host, { path: undefined, talk: talkWith(), body }), "done");
  files.directory("/h");
  files.close("/h", "denied");
  equal(await oneAtATime(host, { path: PATH, talk: talkWith(), body }), "done");
});

Deno.test("one at a time: where nobody can confirm a login, nobody waits for somebody else's", async () => {
  const talk = talkWith({ interactive: false });
  const host = heldFor(Infinity);
  await rejects(oneAtATime(host, { path: PATH, talk, body }), { code: "login-needed" });
  deepEqual(talk.said, []);
  const waited = host.seen.sleeps.reduce((sum, ms) => sum + ms, 0);
  equal(waited >= 4_900 && waited < 6_000, true, String(waited));
  equal(await oneAtATime(heldFor(60), { path: PATH, talk, body }), "done");
});
