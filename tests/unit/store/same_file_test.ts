import assert from "node:assert/strict";
import { commonPrefix, sameBytes } from "../../../src/store/same_file.ts";

/** The bytes somewhere inside a buffer, so that they need not begin with a whole word. */
function at(offset: number, bytes: readonly number[]): Uint8Array {
  const buffer = new Uint8Array(offset + bytes.length + 3).fill(7);
  buffer.set(bytes, offset);
  return buffer.subarray(offset, offset + bytes.length);
}

Deno.test("the first difference is found wherever it is, at any length and alignment", () => {
  for (let length = 0; length < 20; length++) {
    const bytes = Array.from({ length }, (_, i) => i);
    for (const [one, other] of [[0, 0], [4, 8], [1, 0], [3, 3]] as const) {
      assert.ok(sameBytes(at(one, bytes), at(other, bytes)));
      assert.equal(commonPrefix(at(one, bytes), at(other, [...bytes, 9])), length);
      assert.ok(!sameBytes(at(one, bytes), at(other, [...bytes, 9])));
      for (let i = 0; i < length; i++) {
        const changed = bytes.with(i, 99);
        assert.equal(commonPrefix(at(one, bytes), at(other, changed)), i);
        assert.ok(!sameBytes(at(one, bytes), at(other, changed)));
      }
    }
  }
});
