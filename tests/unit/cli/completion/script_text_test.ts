import { equal } from "node:assert/strict";
import { scriptText } from "../../../../src/cli/completion/script_text.ts";

Deno.test("script text: backslashes stay, but for those that the literal itself needs", () => {
  equal(scriptText`a\n \${b} \`c \\d`, "a\\n ${b} `c \\\\d");
});
