import assert from "node:assert/strict";
import { TextLineStream } from "../../../scripts/test/text_line_stream.ts";

Deno.test("lines come out whole, however the chunks are cut", async () => {
  const chunks = ["a", "b\nc", "\n\nd", "\ne"];
  const lines = await Array.fromAsync(ReadableStream.from(chunks).pipeThrough(new TextLineStream()));
  assert.deepEqual(lines, ["ab", "c", "", "d", "e"]);
});
