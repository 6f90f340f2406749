import assert from "node:assert/strict";
import { didYouMean, quote, showValue } from "../../../../src/config/schema/messages.ts";
import type { Fetched } from "../../../../src/config/values/located.ts";
import { makeText } from "../../../../src/config/values/make_located.ts";

Deno.test("what is quoted shows no password, no query of a URL and no whole file", () => {
  assert.equal(quote("https://u:p@x.y/z?token=t"), '"https://[hidden]@x.y/z?[hidden]"');
  assert.equal(quote("https://x.y/#frag"), '"https://x.y/?[hidden]"');
  assert.equal(quote("root:x:0\nyou:x:1"), '"[2 lines]"');
  assert.equal(quote("what?"), '"what?"');
  assert.equal(quote("a".repeat(80)).length, 62);
});

Deno.test("what is quoted shows no query without a scheme, and none of several addresses", () => {
  assert.equal(quote("x.y/start?token=t"), '"x.y/start?[hidden]"');
  assert.equal(quote("https://a:b@x https://c:d@y/?k=v"), '"https://[hidden]@x https://[hidden]@y/?[hidden]"');
});

Deno.test("what came from elsewhere is named by what brought it, however short and plain it is", () => {
  const place = { file: "f", line: 1, column: 1 };
  const fetchedBy = (call: string): Fetched => ({ call, place, isBeyond: true });
  const makeFetched = (text: string, fetched: Fetched) => ({ ...makeText(text, place), fetched });
  for (const text of ["", "x", "yes", "12", "us-esat-1", "aws/eks", "two words", "line\nline"]) {
    assert.equal(showValue(makeFetched(text, fetchedBy("!env X"))), "the value of !env X");
    assert.equal(showValue(makeText(text, place)), quote(text), text);
  }
  const long = showValue(makeFetched("x", fetchedBy(`!include ${"a".repeat(80)}`)));
  assert.equal(long, `the value of !include ${"a".repeat(48)}...`);
  assert.equal(
    showValue(makeFetched("x", { ...fetchedBy("!exec pass show x"), byCommand: true })),
    "the value of !exec",
  );
  assert.equal(didYouMean({ text: "fiel" }, ["file"]), '; did you mean "file"?');
  assert.equal(didYouMean({ text: "fiel", fetched: fetchedBy("!env X") }, ["file"]), "");
});
