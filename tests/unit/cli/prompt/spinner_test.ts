import { deepEqual, equal, rejects } from "node:assert/strict";
import { withSpinner } from "../../../../src/cli/prompt/spinner.ts";
import { fakeHost, type FakeHostOptions, jsonAnswer } from "../../../support/host/fake_host.ts";

const REQUEST = { url: "https://sts.amazonaws.com/", method: "GET", headers: {} };
const XTERM = { TERM: "xterm" };

async function spins(options: FakeHostOptions, noColor = false) {
  const host = fakeHost({ tty: { stderr: true }, net: [jsonAnswer(200, {})], ...options });
  equal((await withSpinner(host, { "no-color": noColor }).net.fetch(REQUEST)).status, 200);
  return host.seen.spins;
}

Deno.test("patient: a terminal shows that an answer is waited for", async () => {
  deepEqual(await spins({ env: XTERM }), ["Waiting for AWS", ""]);
});

Deno.test("patient: nothing moves without a terminal, in a pipeline, nor for those who want it plain", async () => {
  deepEqual(await spins({ env: XTERM, tty: {} }), []);
  deepEqual(await spins({ env: { TERM: "dumb" } }), []);
  deepEqual(await spins({}), []);
  deepEqual(await spins({ env: { ...XTERM, CI: "true" } }), []);
  deepEqual(await spins({ env: { ...XTERM, NO_COLOR: "1" } }), []);
  deepEqual(await spins({ env: XTERM }, true), []);
});

Deno.test("patient: a failed request ends it, too", async () => {
  const host = fakeHost({ tty: { stderr: true }, env: XTERM, net: [new Error("gone")] });
  await rejects(withSpinner(host, { "no-color": false }).net.fetch(REQUEST), { message: "gone" });
  deepEqual(host.seen.spins, ["Waiting for AWS", ""]);
});
