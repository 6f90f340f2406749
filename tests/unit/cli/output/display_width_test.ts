import { deepEqual, equal } from "node:assert/strict";
import { cutTo, displayWidth, padTo } from "../../../../src/cli/output/display_width.ts";

Deno.test("width: of letters one column, of East Asian characters and emoji two, of marks none", () => {
  const widths = ["abc", "é", "e\u0301", "管理者", "한국", "ｆｕｌｌ", "ｱ", "💥", "✓", "👩🏽", ""].map(displayWidth);
  deepEqual(widths, [3, 1, 1, 6, 4, 8, 1, 2, 1, 2, 0]);
});

Deno.test("width: a text is cut between characters, and says so", () => {
  equal(cutTo("abcdef", 6), "abcdef");
  equal(cutTo("abcdef", 4), "abc…");
  equal(cutTo("管理者", 6), "管理者");
  equal(cutTo("管理者", 5), "管理…");
  equal(cutTo("管理者", 4), "管…");
  deepEqual([cutTo("abc", 1), cutTo("abc", 0), cutTo("abc", -1)], ["…", "", ""]);
});

Deno.test("width: padded to columns, not to characters", () => {
  deepEqual([padTo("管", 4), padTo("abcde", 4)], ["管  ", "abcde"]);
});
