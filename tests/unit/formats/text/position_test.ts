import assert from "node:assert/strict";
import {
  columnAt,
  detectNewline,
  lineEnd,
  lineStart,
  nextLine,
  placeAt,
} from "../../../../src/formats/text/position.ts";

Deno.test("places count from 1, a BOM and a CR are no columns", () => {
  assert.deepEqual(placeAt("ab\r\ncd", 0), { line: 1, column: 1 });
  assert.deepEqual(placeAt("ab\r\ncd", 5), { line: 2, column: 2 });
  assert.deepEqual(placeAt("\uFEFFab", 2), { line: 1, column: 2 });
  assert.deepEqual(placeAt("a\n\nb", 3), { line: 3, column: 1 });
});

Deno.test("lines: where they start, end and what breaks them", () => {
  const text = "\uFEFFab\r\ncd";
  assert.equal(lineStart(text, 2), 1);
  assert.equal(columnAt(text, 6), 1);
  assert.equal(lineEnd(text, 1), 3);
  assert.equal(lineEnd(text, 5), 7);
  assert.equal(nextLine(text, 1), 5);
  assert.equal(nextLine(text, 6), 7);
  assert.equal(detectNewline(text), "\r\n");
  assert.equal(detectNewline("a"), "\n");
});
