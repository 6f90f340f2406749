import { equal } from "node:assert/strict";
import { briefValue } from "../../../../src/config/trust/brief_value.ts";

const PLACE = { file: "/a", line: 3 };

Deno.test("brief value: what is long is cut, and what would look like a line of its own is counted", () => {
  equal(briefValue("a  b   c", PLACE), "a  b   c");
  equal(briefValue(`echo${" ".repeat(40)}7:29: x`, PLACE), "echo[40 blanks]7:29: x");
  equal(briefValue("a\u00a0b\u3000\u3000c", PLACE), "a[1 blanks]b[2 blanks]c");
  equal(briefValue("x".repeat(300), PLACE), `${"x".repeat(200)}… (100 more characters; see /a:3)`);
  equal(briefValue(`a${" ".repeat(1000)}b`, PLACE), "a[1000 blanks]b");
});
