import { deepEqual, equal, rejects } from "node:assert/strict";
import { typedBytes, withKeys } from "../../../../src/host/terminal/keyboard.ts";

function keyboard() {
  const did: string[] = [];
  return {
    did,
    typed: typedBytes({ read: (into) => (into[0] = 0x61, Promise.resolve(1)) }),
    stdin: { setRaw: (raw: boolean) => void did.push(raw ? "raw" : "usual") },
    err: (text: string) => void did.push(text),
  };
}

Deno.test("keys: the terminal gets its ways back when the body ends or fails", async () => {
  const one = keyboard();
  equal(await withKeys(one, async (next) => `${await next()}${await next()}`), "aa");
  deepEqual(one.did, ["raw", "usual"]);
  const failing = keyboard();
  await rejects(withKeys(failing, () => Promise.reject(new Error("no"))), { message: "no" });
  deepEqual(failing.did, ["raw", "usual"]);
});

Deno.test("keys: and when the process ends meanwhile, but not after", async () => {
  const one = keyboard();
  await withKeys(one, () => {
    dispatchEvent(new Event("unload"));
    return Promise.resolve();
  });
  deepEqual(one.did, ["raw", "usual", "\n", "usual"]);
  dispatchEvent(new Event("unload"));
  equal(one.did.length, 4);
});
