import { deepEqual, equal, throws } from "node:assert/strict";
import { writer } from "../../../../src/host/terminal/terminal.ts";

/** A stream that takes `most` bytes at a time and throws what it is told to, once each. */
function stream(most: number, ...failures: Error[]) {
  const taken: number[] = [];
  const writeSync = (bytes: Uint8Array) => {
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    taken.push(...bytes.subarray(0, most));
    return Math.min(most, bytes.length);
  };
  return { writeSync, text: () => new TextDecoder().decode(new Uint8Array(taken)) };
}

Deno.test("terminal: a stream that takes little at a time gets everything", () => {
  const sink = stream(3);
  writer("standard output", sink)("Größe 💥\n");
  equal(sink.text(), "Größe 💥\n");
});

Deno.test("terminal: a full pipe is waited for", () => {
  const sink = stream(99, new Deno.errors.WouldBlock(), new Deno.errors.WouldBlock());
  writer("standard output", sink)("text");
  equal(sink.text(), "text");
});

Deno.test("terminal: after the reader has gone nothing is written and nothing fails", () => {
  const sink = stream(99, new Deno.errors.BrokenPipe());
  const write = writer("standard output", sink);
  write("one");
  write("two");
  equal(sink.text(), "");
});

Deno.test("terminal: a disk that is full is an error", () => {
  const write = writer("standard output", stream(99, new Error("No space left on device")));
  throws(() => write("x"), { message: "Cannot write to standard output: No space left on device", code: "internal" });
});

Deno.test("terminal: an empty text is no write at all", () => {
  const sink = stream(0, new Error("written"));
  writer("standard output", sink)("");
  deepEqual(sink.text(), "");
});
