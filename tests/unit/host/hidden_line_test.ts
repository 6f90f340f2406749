import { deepEqual, equal, rejects } from "node:assert/strict";
import { hiddenLine } from "../../../src/host/hidden_line.ts";

/** A keyboard, and what was done to it and to the screen, in order. */
function keyboard(typed: string) {
  const bytes = [...new TextEncoder().encode(typed)];
  const done: string[] = [];
  return {
    done,
    rest: () => new TextDecoder().decode(new Uint8Array(bytes)),
    source: {
      setRaw: (on: boolean, options?: { readonly cbreak: boolean }) => void done.push(`raw ${on} ${options?.cbreak}`),
      read(into: Uint8Array) {
        const next = bytes.shift();
        if (next === undefined) return Promise.resolve(null);
        into[0] = next;
        return Promise.resolve(1);
      },
    },
    options: { signals: true, show: () => void done.push("shown") },
  };
}

for (
  const [typed, line, rest] of [
    ["pass word \rnext", "pass word ", "next"],
    ["päß\n", "päß", ""],
    ["ab\x7fc\r", "ac", ""],
    ["aü\x08\x7fb\r", "b", ""],
    ["\x7f\x7fa\r", "a", ""],
    ["wrong\x15right\r", "right", ""],
    ["a\x04b\r", "ab", ""],
    ["\x04more", undefined, "more"],
    ["\r", "", ""],
    ["", undefined, ""],
    ["cut", "cut", ""],
  ] as const
) {
  Deno.test(`hidden line: ${JSON.stringify(typed)} is ${JSON.stringify(line)}`, async () => {
    const { source, options, done, rest: left } = keyboard(typed);
    equal(await hiddenLine(source, options), line);
    equal(left(), rest);
    deepEqual(done, ["raw true true", "shown", "raw false undefined"]);
  });
}

Deno.test("hidden line: Ctrl-C as a key ends it, and the terminal is as it was", async () => {
  const { source, options, done } = keyboard("ab\x03");
  await rejects(hiddenLine(source, { ...options, signals: false }), { code: "interrupted" });
  deepEqual(done, ["raw true false", "shown", "raw false undefined"]);
});
