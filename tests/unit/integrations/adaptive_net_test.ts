import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Net, NetResponse } from "../../../src/host/host.ts";
import { adaptiveNet } from "../../../src/integrations/adaptive_net.ts";

const REQUEST = { url: "https://eks.us-east-2.amazonaws.com/clusters/a", method: "GET", headers: {} };
const FINE = { status: 200, headers: {}, body: new Uint8Array() };
const THROTTLED = { ...FINE, status: 429 };

/** Sends so many requests, answers them round by round, and returns how many each round had. */
async function rounds(
  { count, most, answerTo }: { count: number; most: number; answerTo: (at: number) => NetResponse },
): Promise<readonly number[]> {
  let open: ((answer: NetResponse) => void)[] = [];
  const net: Net = { fetch: () => new Promise((resolve) => open.push(resolve)) };
  const gated = adaptiveNet(net, most);
  const all = Array.from({ length: count }, () => gated.fetch(REQUEST));
  const sizes: number[] = [];
  for (let answered = 0; answered < count;) {
    await new Promise((resolve) => setTimeout(resolve));
    const now = open;
    open = [];
    sizes.push(now.length);
    for (const answer of now) answer(answerTo(answered++));
  }
  await Promise.all(all);
  return sizes;
}

Deno.test("adaptiveNet: as long as nothing is throttled each round has twice as many, up to the limit", async () => {
  deepEqual(await rounds({ count: 150, most: 64, answerTo: () => FINE }), [8, 16, 32, 64, 30]);
  deepEqual(await rounds({ count: 10, most: 3, answerTo: () => FINE }), [3, 3, 3, 1]);
  deepEqual(await rounds({ count: 3, most: 1, answerTo: () => FINE }), [1, 1, 1]);
});

Deno.test("adaptiveNet: a round that is throttled halves the next, and what is answered again doubles it", async () => {
  const answerTo = (at: number) => at < 8 ? THROTTLED : FINE;
  const [first, second, ...more] = await rounds({ count: 60, most: 64, answerTo });
  deepEqual([first, second], [8, 4]);
  ok(Math.max(...more) >= 16, `it recovers: ${more}`);
  deepEqual((await rounds({ count: 30, most: 64, answerTo: () => THROTTLED })).slice(0, 5), [8, 4, 2, 2, 2]);
});

Deno.test("adaptiveNet: one in ten that is throttled at any rate slows nothing down", async () => {
  const sizes = await rounds({ count: 200, most: 64, answerTo: (at) => at % 10 === 4 ? THROTTLED : FINE });
  equal(Math.max(...sizes), 64);
});

Deno.test("adaptiveNet: throttling is known by every way that AWS says it", async () => {
  const said = (type: string) => ({ ...FINE, status: 400, headers: { "x-amzn-errortype": type } });
  const throttled = [
    THROTTLED,
    { ...FINE, status: 503 },
    said("ThrottlingException"),
    said("TooManyRequestsException:x"),
  ];
  for (const answer of throttled) equal((await rounds({ count: 20, most: 64, answerTo: () => answer }))[1], 4);
  for (const answer of [said("ValidationException"), { ...FINE, status: 403 }]) {
    equal((await rounds({ count: 40, most: 64, answerTo: () => answer }))[1], 16);
  }
});

Deno.test("adaptiveNet: a request that fails gives its place to the next", async () => {
  let calls = 0;
  const failing: Net = { fetch: () => ++calls < 3 ? Promise.reject(new Error("reset")) : Promise.resolve(FINE) };
  const net = adaptiveNet(failing, 1);
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => net.fetch(REQUEST)));
  deepEqual(results.map(({ status }) => status), ["rejected", "rejected", "fulfilled", "fulfilled"]);
  await rejects(adaptiveNet({ fetch: () => Promise.reject(new Error("x")) }, 1).fetch(REQUEST));
  ok(calls === 4);
});
