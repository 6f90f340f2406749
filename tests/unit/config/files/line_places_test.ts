import assert from "node:assert/strict";
import { LinePlaces } from "../../../../src/config/files/line_places.ts";
import { placeAt } from "../../../../src/formats/text/position.ts";

Deno.test("every offset of awkward texts is where placeAt says it is", () => {
  for (const text of ["", "a", "\n\n", "a\r\nbc\r\n", "\uFEFFab\ncd", "é\n😀x\n"]) {
    const lines = new LinePlaces(text);
    for (let at = 0; at <= text.length; at++) assert.deepEqual(lines.at(at), placeAt(text, at), `${at} of ${text}`);
  }
});
