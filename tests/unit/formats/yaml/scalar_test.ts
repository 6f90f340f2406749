import assert from "node:assert/strict";
import { plainType, quote, yamlString } from "../../../../src/formats/yaml/scalar.ts";

Deno.test("plain only where no reader can take it for anything else", () => {
  for (
    const word of ["dev", "arn:aws:eks:us-east-2:1:cluster/a", "--region", "https://a.b:6443", "LS0tLS1=", "/bin/x"]
  ) {
    assert.equal(yamlString(word), word);
  }
  for (
    const word of ["", "08", "1e3", "y", "On", "~", "null", ".inf", "-1", "0x1f", "a:", "a: b", "a b", "-", "---", "ü"]
  ) {
    assert.equal(yamlString(word), JSON.stringify(word), word);
  }
});

Deno.test("quotes: what JSON leaves raw and YAML reads as a line break is escaped", () => {
  assert.equal(quote("a\u2028b\u0085\uFEFF"), '"a\\u2028b\\u0085\\ufeff"');
  assert.equal(quote('"\\\n'), '"\\"\\\\\\n"');
});

Deno.test("what kubectl makes of plain scalars", () => {
  const types = (words: string[]) => words.map(plainType);
  assert.deepEqual(new Set(types(["", "~", "null", "NULL"])), new Set(["null"]));
  assert.deepEqual(new Set(types(["y", "No", "on", "OFF", "True"])), new Set(["boolean"]));
  assert.deepEqual(
    new Set(types(["1", "-1", "08", "1e3", "1.5e3", "0o17", "0x1F", "0b1", ".5", ".inf", ".nan", "1_0"])),
    new Set(["number"]),
  );
  assert.deepEqual(
    new Set(types(["nO", "1.2.3", "12:30", "0xg", "dev", "2001-12-14", "1e", "-"])),
    new Set(["string"]),
  );
});
