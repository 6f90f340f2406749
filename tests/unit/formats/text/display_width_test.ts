import { deepEqual, equal } from "node:assert/strict";
import { cutTo, displayWidth, padTo, splitGraphemes } from "../../../../src/formats/text/display_width.ts";

const WIDTHS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  "letters": [["", 0], ["abc", 3], ["ключ", 4], ["é", 1], ["ﷺ", 1], ["✓", 1], ["→", 1], ["…", 1], ["ｱ", 1]],
  "East Asian letters": [["管理者", 6], ["鍵", 2], ["한국", 4], ["한", 2], ["ｆｕｌｌ", 8], ["ＡＢ", 4], ["、", 2], [
    "𠀋",
    2,
  ]],
  "letters with marks": [
    ["e\u0301", 1],
    ["z\u0351\u036b\u0343\u032a", 1],
    ["か\u3099", 2],
    ["ｶﾞ", 2],
    ["\u1112\u1161\u11ab", 2],
    ["\u0e01\u0e33", 2],
    ["\u0915\u093f", 2],
    ["\u05e9\u05c1", 1],
    ["\u20ddA", 1],
  ],
  "characters that show nothing": [["\u200b", 0], ["\u2060", 0], ["\ufeff", 0], ["a\u200db", 2], ["\u00ad", 0]],
  "emoji of one code point": [["💥", 2], ["🦀", 2], ["🫠", 2], ["⌚", 2], ["⭐", 2], ["🚀", 2], ["🀄", 2], ["🈁", 2]],
  "pictures of one column": [["☀", 1], ["❤", 1], ["🌡", 1], ["🏷", 1], ["©", 1], ["☎", 1]],
  "emoji by a variation selector": [["❤\ufe0f", 2], ["☀\ufe0f", 2], ["🌡\ufe0f", 2], ["©\ufe0f", 2]],
  "emoji with skin tones": [["👩🏽", 2], ["👍🏿", 2], ["☝🏻", 2]],
  "emoji of several": [
    ["👩\u200d💻", 2],
    ["👨\u200d👩\u200d👧\u200d👦", 2],
    ["👩🏽\u200d🚀", 2],
    ["🏳\ufe0f\u200d🌈", 2],
    ["🏳\u200d🌈", 2],
    ["👁\u200d🗨", 2],
    ["🧑🏻\u200d❤\u200d🧑🏿", 2],
  ],
  "key caps": [["1\ufe0f\u20e3", 2], ["#\u20e3", 2]],
  "flags": [["🇩🇪", 2], ["🇩🇪🇫🇷", 4], ["🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2], [
    "🏴\u200d☠\ufe0f",
    2,
  ]],
  "mixtures": [["dev 🇯🇵 管理 e\u0301", 13], ["a👩\u200d💻b", 4]],
};
for (const [kind, rows] of Object.entries(WIDTHS)) {
  Deno.test(`width: ${kind}`, () => {
    deepEqual(rows.map(([text]) => [text, displayWidth(text)]), rows);
  });
}

Deno.test("width: a text is cut between characters as users see them, and says so", () => {
  equal(cutTo("abcdef", 6), "abcdef");
  equal(cutTo("abcdef", 4), "abc…");
  equal(cutTo("管理者", 6), "管理者");
  equal(cutTo("管理者", 5), "管理…");
  equal(cutTo("管理者", 4), "管…");
  equal(cutTo("e\u0301e\u0301e\u0301", 2), "e\u0301…");
  equal(cutTo("🇩🇪🇫🇷🇯🇵", 5), "🇩🇪🇫🇷…");
  equal(cutTo("🇩🇪🇫🇷🇯🇵", 4), "🇩🇪…");
  equal(cutTo("👩\u200d💻👩\u200d💻", 3), "👩\u200d💻…");
  deepEqual([cutTo("abc", 1), cutTo("abc", 0), cutTo("abc", -1)], ["…", "", ""]);
});

Deno.test("width: padded to columns, not to characters", () => {
  deepEqual([padTo("管", 4), padTo("👩\u200d💻", 4), padTo("abcde", 4)], ["管  ", "👩\u200d💻  ", "abcde"]);
});

Deno.test("width: a text of any script splits into what users see, and nothing is lost", () => {
  deepEqual(splitGraphemes("ae\u0301👩🏽\u200d🚀🇩🇪管"), ["a", "e\u0301", "👩🏽\u200d🚀", "🇩🇪", "管"]);
  for (const [text] of Object.values(WIDTHS).flat()) equal(splitGraphemes(text).join(""), text);
});
