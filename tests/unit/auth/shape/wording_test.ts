import assert from "node:assert/strict";
import { quoted } from "../../../../src/auth/shape/wording.ts";

Deno.test("what is quoted shows no password, no query of a URL and no whole file", () => {
  assert.equal(quoted("https://u:p@x.y/z?token=t"), '"https://[hidden]@x.y/z?[hidden]"');
  assert.equal(quoted("https://x.y/#frag"), '"https://x.y/?[hidden]"');
  assert.equal(quoted("root:x:0\nyou:x:1"), '"[2 lines]"');
  assert.equal(quoted("what?"), '"what?"');
  assert.equal(quoted("a".repeat(80)).length, 62);
});
