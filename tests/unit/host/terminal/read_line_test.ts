import { deepEqual } from "node:assert/strict";
import { readLine } from "../../../../src/host/terminal/keyboard.ts";

function source(text: string) {
  const bytes = [...new TextEncoder().encode(text)];
  return {
    read: (into: Uint8Array) => {
      const some = bytes.splice(0, into.length);
      into.set(some);
      return Promise.resolve(some.length === 0 ? null : some.length);
    },
  };
}

async function lines(text: string): Promise<readonly (string | undefined)[]> {
  const from = source(text);
  return [await readLine(from), await readLine(from), await readLine(from)];
}

Deno.test("read line: one line at a time, with or without a last line break", async () => {
  deepEqual(await lines("y\nnö\n"), ["y", "nö", undefined]);
  deepEqual(await lines("y\r\n\nlast"), ["y", "", "last"]);
  deepEqual(await lines(""), [undefined, undefined, undefined]);
});
