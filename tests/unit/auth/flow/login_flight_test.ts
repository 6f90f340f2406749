import { deepEqual, equal, rejects } from "node:assert/strict";
import { loginFlight } from "../../../../src/auth/flow/login_flight.ts";
import { loginPlace, recordedUi } from "../login/login_place.ts";

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

Deno.test("login flight: a free turn is taken at once and given back", async () => {
  const { host } = loginPlace();
  const ui = recordedUi();
  for (let turn = 0; turn < 2; turn++) equal(await loginFlight(host, { path: PATH, ui, body }), "done");
  await rejects(loginFlight(host, { path: PATH, ui, body: () => Promise.reject(new Error("no")) }), /no/);
  equal(await loginFlight(host, { path: PATH, ui, body }), "done");
  deepEqual([host.seen.sleeps, ui.said], [[], []]);
});

Deno.test("login flight: a short wait is silent, a long one is told, an endless one is an error", async () => {
  const told = async (sleeps: number) => {
    const ui = recordedUi();
    await loginFlight(heldFor(sleeps), { path: PATH, ui, body });
    return ui.said;
  };
  deepEqual(await told(3), []);
  deepEqual(await told(100), ["Another atmos is logging in to the same place; waiting for it."]);
  await rejects(loginFlight(heldFor(Infinity), { path: PATH, ui: recordedUi(), body }), { code: "locked" });
});

Deno.test("login flight: without a home, or on a closed disk, every process logs in on its own", async () => {
  const { host, files } = loginPlace();
  equal(await loginFlight(host, { path: undefined, ui: recordedUi(), body }), "done");
  files.directory("/h");
  files.close("/h", "denied");
  equal(await loginFlight(host, { path: PATH, ui: recordedUi(), body }), "done");
});

Deno.test("login flight: without a terminal a login of another process is waited for only briefly", async () => {
  const ui = recordedUi({ interactive: false });
  const host = heldFor(Infinity);
  await rejects(loginFlight(host, { path: PATH, ui, body }), { code: "login-needed" });
  deepEqual(ui.said, []);
  const waited = host.seen.sleeps.reduce((sum, ms) => sum + ms, 0);
  equal(waited >= 4_900 && waited < 6_000, true, String(waited));
  equal(await loginFlight(heldFor(60), { path: PATH, ui, body }), "done");
});
