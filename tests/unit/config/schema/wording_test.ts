import assert from "node:assert/strict";
import { quoted, shown } from "../../../../src/config/schema/wording.ts";
import { makeText, markFetched } from "../../../../src/config/values/make_located.ts";

Deno.test("what is quoted shows no password, no query of a URL and no whole file", () => {
  assert.equal(quoted("https://u:p@x.y/z?token=t"), '"https://[hidden]@x.y/z?[hidden]"');
  assert.equal(quoted("https://x.y/#frag"), '"https://x.y/?[hidden]"');
  assert.equal(quoted("root:x:0\nyou:x:1"), '"[2 lines]"');
  assert.equal(quoted("what?"), '"what?"');
  assert.equal(quoted("a".repeat(80)).length, 62);
});

Deno.test("what is quoted shows no query without a scheme, and none of several addresses", () => {
  assert.equal(quoted("x.y/start?token=t"), '"x.y/start?[hidden]"');
  assert.equal(quoted("https://a:b@x https://c:d@y/?k=v"), '"https://[hidden]@x https://[hidden]@y/?[hidden]"');
});

Deno.test("what came from elsewhere is shown only when it is a short plain word", () => {
  const place = { file: "f", line: 1, column: 1 };
  const long = "a/word-of-22-characters";
  const makeForeign = (text: string) => {
    const value = markFetched(makeText(text, place), { call: "!env X", place, isBeyond: true });
    return value.kind === "scalar" ? value : assert.fail("a scalar");
  };
  for (const hidden of ["two words", "päss", "p@ss", long, "line\nline"]) {
    assert.equal(shown(makeForeign(hidden)), "[hidden]", hidden);
    assert.equal(shown(makeText(hidden, place)), quoted(hidden), hidden);
  }
  for (const plain of ["", "us-esat-1", "aws/eks", "v1.2:x", "x".repeat(20)]) {
    assert.equal(shown(makeForeign(plain)), `"${plain}"`);
  }
});
