import { equal, ok } from "node:assert/strict";
import {
  escapeControls,
  escapeUnseen,
  escapeUnseenInJson,
  hasUnseen,
} from "../../../../src/formats/text/terminal_text.ts";

/** Every code point that turns the direction of writing, or that has no width and is no joiner, and the separators. */
const UNSEEN = [
  ...["\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"],
  ...["\u2066", "\u2067", "\u2068", "\u2069", "\u2028", "\u2029"],
  ...["\u00ad", "\u180e", "\u200b", "\u2060", "\u2064", "\u206a", "\u3164", "\uffa0", "\ufeff", "\ufffb"],
  ...[
    "\u2800",
    "\u115f",
    "\ufe0f",
    "\ufe00",
    "\u200c",
    "\u200d",
    "\u034f",
    "\u{e0100}",
    "\u{e01ef}",
    "\ufe0f\ufe0f",
    "\u115f\ufe0f",
  ],
  ...["\u{e0001}", "\u{e0041}", "\u{1d173}", "\u0085", "\u009b", "\u007f"],
];

Deno.test("what no one sees is shown as an escape, alone and within a name", () => {
  for (const one of UNSEEN) {
    const name = `dev${one}prod`;
    ok(hasUnseen(name), escapeControls(one));
    for (const shown of [escapeControls(name), escapeUnseen(name)]) ok(/^dev(?:\\[xu][0-9a-f]{2,4})+prod$/.test(shown));
    const json = escapeUnseenInJson(JSON.stringify(name));
    ok(/^[\x20-\x7e]+$/.test(json), json);
    equal(JSON.parse(json), name);
  }
});

Deno.test("text of any language, and pictures made of several signs, stay as they are", () => {
  for (
    const text of [
      "dev-cluster",
      "Größe 大小 💥",
      "می‌خواهم",
      "👩‍👩‍👧",
      "❤️",
      "אבג",
      "क्‍ष",
      "❤️‍🔥",
      "#️⃣",
      "葛\u{e0100}",
      "👍🏽",
      "🇩🇪",
    ]
  ) {
    equal(escapeControls(text), text);
    equal(escapeUnseen(text), text);
    equal(hasUnseen(text), false, text);
  }
});

Deno.test("in a text that is laid out, line breaks and colors stay; in a name they are escapes", () => {
  const text = "\x1b[31mred\x1b[0m\tone\n";
  equal(escapeUnseen(text), text);
  equal(escapeControls(text), "\\x1b[31mred\\x1b[0m\\tone\\n");
});
