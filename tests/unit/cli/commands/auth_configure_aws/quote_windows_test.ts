import { equal } from "node:assert/strict";
import { quoteWindows } from "../../../../../src/cli/commands/auth_configure_aws/requested_profiles.ts";

const WORDS: readonly (readonly [string, string])[] = [
  ["--account=123456789012", "--account=123456789012"],
  ["C:/a,b/atmos.exe", "C:/a,b/atmos.exe"],
  ["a b", '"a b"'],
  ['--config="C:/a,b/atmos.yaml"', '"--config=\\"C:/a,b/atmos.yaml\\""'],
  ["C:\\a b\\", '"C:\\a b\\\\"'],
  ['x\\"y', '"x\\\\\\"y"'],
];
for (const [word, quoted] of WORDS) {
  Deno.test(`a word of a credential_process on Windows: ${word}`, () => equal(quoteWindows(word), quoted));
}
