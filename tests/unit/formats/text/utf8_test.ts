import assert from "node:assert/strict";
import { decodeUtf8, encodeUtf8 } from "../../../../src/formats/text/utf8.ts";
import { YamlError } from "../../../../src/formats/text/source_error.ts";

function refusal(bytes: readonly number[]): YamlError {
  try {
    decodeUtf8(new Uint8Array(bytes));
  } catch (error) {
    if (error instanceof YamlError) return error;
  }
  throw new Error("not refused");
}

Deno.test("text and BOM come through as they are", () => {
  for (const text of ["", "\uFEFFa\r\n", "ünï 😀 \uFFFD"]) assert.equal(decodeUtf8(encodeUtf8(text)), text);
});

Deno.test("the first byte that is not UTF-8 is pointed at", () => {
  const latin1 = refusal([...encodeUtf8("a: 1\nb: \uFFFDé"), 0xe9, 0x0a]);
  assert.deepEqual([latin1.line, latin1.column], [2, 6]);
  assert.match(latin1.message, /not UTF-8/);
  assert.deepEqual([refusal([0x61, 0xc3]).line, refusal([0x61, 0xc3]).column], [1, 2]);
});

Deno.test("UTF-16 is named", () => {
  assert.match(refusal([0xff, 0xfe, 0x61, 0]).message, /UTF-16/);
  assert.match(refusal([0xfe, 0xff, 0, 0x61]).message, /UTF-16/);
});
