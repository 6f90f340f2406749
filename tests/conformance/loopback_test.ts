import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import type { Loopback, Visit } from "../../src/host/host.ts";
import { loopback } from "../../src/host/net/loopback.ts";
import { NetError } from "../../src/host/net/net_error.ts";
import { fakeLoopback } from "../support/host/fake_loopback.ts";

/** Finds what the query says, in visits to /here. */
function listenOn(host: Loopback, seen: Visit[] = []) {
  return host.listen((visit) => {
    seen.push(visit);
    const found = /^\/here\?(.+)/.exec(visit.target)?.[1];
    const answer = { status: found ? 200 : 404, headers: { "x-own": "1" }, body: found ?? "nothing" };
    return { answer, ...(found === undefined ? {} : { found }) };
  });
}

async function get(port: number, target: string): Promise<readonly [number, string | null, string]> {
  const answer = await fetch(`http://127.0.0.1:${port}${target}`);
  return [answer.status, answer.headers.get("x-own"), await answer.text()];
}

Deno.test("loopback: visits are answered, the first with something found ends the wait, the port is given back", async () => {
  const seen: Visit[] = [];
  const listener = listenOn(loopback, seen);
  const arrival = listener.arrival(60_000);
  deepEqual(await get(listener.port, "/else?a"), [404, "1", "nothing"]);
  deepEqual(await get(listener.port, "/here?a=%20b"), [200, "1", "a=%20b"]);
  deepEqual(await get(listener.port, "/here?later"), [200, "1", "later"]);
  equal(await arrival, "a=%20b");
  deepEqual(seen[1], { method: "GET", target: "/here?a=%20b" });
  await listener.close();
  await rejects(get(listener.port, "/here?x"));
});

Deno.test("loopback: nobody comes: undefined, and the wait leaves nothing behind", async () => {
  const listener = listenOn(loopback);
  equal(await listener.arrival(1), undefined);
  await listener.close();
});

Deno.test("loopback: a connection that says nothing, half a request or nonsense keeps nobody", async () => {
  const listener = listenOn(loopback);
  const { port } = listener;
  const texts = ["", "GET /here?x HTT", "\x16\x03\x01 hello", "GET /here?x HTTP/1.1\r\nhost: a b\r\n\r\n"];
  const connections = await Promise.all(texts.map(() => Deno.connect({ hostname: "127.0.0.1", port })));
  await Promise.all(connections.map((one, at) => one.write(new TextEncoder().encode(texts[at]))));
  deepEqual(await get(port, "/here?a"), [200, "1", "a"]);
  equal(await listener.arrival(60_000), "a");
  await listener.close();
  for (const one of connections) one.close();
});

Deno.test("loopback: on no other address of this machine", async () => {
  const listener = listenOn(loopback);
  await rejects(Deno.connect({ hostname: "127.0.0.2", port: listener.port }), Deno.errors.ConnectionRefused);
  await listener.close();
});

Deno.test({
  name: "loopback: without permission: a NetError",
  permissions: { net: false },
  fn() {
    throws(() => listenOn(loopback), (error: unknown) => error instanceof NetError && error.kind === "not-allowed");
  },
});

Deno.test("loopback: the fake does the same", async () => {
  const { loopback: fake, seen } = fakeLoopback(() => [
    { method: "GET", target: "/else" },
    { method: "GET", target: "/here?a" },
  ]);
  const listener = listenOn(fake);
  deepEqual([await listener.arrival(5), seen.open, seen.waits], ["a", 1, [5]]);
  deepEqual(seen.answers.map(({ status }) => status), [404, 200]);
  await listener.close();
  equal(seen.open, 0);
  equal(await listenOn(fakeLoopback(() => []).loopback).arrival(5), undefined);
});
