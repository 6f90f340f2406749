import assert from "node:assert/strict";
import { net } from "../../src/host/net/net.ts";
import { NetError } from "../../src/host/net/net_error.ts";

const MIB = 1024 * 1024;

for (
  const [what, sent, isRead] of [["of 32 MiB", 32, true], ["of more", 33, false], [
    "without an end",
    Infinity,
    false,
  ]] as const
) {
  Deno.test(`an answer ${what} is ${isRead ? "read" : "given up"}`, async () => {
    let left: number = sent;
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull: (to) => left-- > 0 ? to.enqueue(new Uint8Array(MIB).fill(left & 0xff)) : to.close(),
      });
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response(body()));
    const url = `http://127.0.0.1:${server.addr.port}/`;
    const asked = net.fetch({ url, method: "GET", headers: {} });
    if (isRead) {
      const { body } = await asked;
      assert.deepEqual([body.length, body.at(0), body.at(-1)], [32 * MIB, 31, 0]);
      return;
    }
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof NetError);
      assert.deepEqual([error.kind, error.host], ["too-large", `127.0.0.1:${server.addr.port}`]);
      return error.message === "its response has more than 32 MiB";
    });
  });
}
