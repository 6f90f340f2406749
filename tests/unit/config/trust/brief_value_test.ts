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

Deno.test("brief value: of one that has changed, what is new is shown", () => {
  const long = "x".repeat(300);
  const start = `(260 characters as they were trusted) …${"x".repeat(40)}`;
  equal(briefValue(`${long}\nsh ./evil.sh`, PLACE, long), `${start}\nsh ./evil.sh`);
  equal(
    briefValue(`${long}${"y".repeat(300)}`, PLACE, long),
    `${start}${"y".repeat(160)}… (140 more characters; see /a:3)`,
  );
  equal(
    briefValue(`${long}y${long}`, PLACE, `${long}z${long}`),
    `${start}y${"x".repeat(159)}… (141 more characters; see /a:3)`,
  );
  equal(briefValue(long, PLACE, long), briefValue(long, PLACE));
  equal(briefValue("short", PLACE, long), "short");
});
