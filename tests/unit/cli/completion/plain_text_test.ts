import { equal } from "node:assert/strict";
import { words } from "../../../../src/cli/completion/offer.ts";
import { plainText } from "../../../../src/cli/completion/plain_text.ts";

Deno.test("plain text: every word with what it is about", () => {
  equal(plainText(words([{ value: "a b", about: "x" }, { value: "c", about: "" }])), "words\na b\tx\nc\t\n");
  equal(plainText({ kind: "command" }), "command\n");
});
