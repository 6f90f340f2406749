import { deepEqual, equal } from "node:assert/strict";
import { hasUnseen } from "../../../../src/formats/text/terminal_text.ts";
import { printable } from "../../../../src/cli/output/text.ts";
import { jsonText } from "../../../../src/cli/output/json_text.ts";

Deno.test("json text: indented, with a line break, the same data", () => {
  equal(jsonText({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}\n');
});

Deno.test("json text: nothing that a terminal obeys is left, and it means the same", () => {
  const odd = { "\u202ekey": "\x1b[31m \u0085 \u009b \u2028 \u2066 ü 💥" };
  const text = jsonText(odd);
  deepEqual(JSON.parse(text), odd);
  equal(text.split("\n").map(printable).join("\n"), text);
  deepEqual(["a\nü 💥", "a\u202eb", "\u009b"].map(hasUnseen), [false, true, true]);
});
