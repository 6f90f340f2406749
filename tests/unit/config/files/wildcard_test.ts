import assert from "node:assert/strict";
import picomatch from "picomatch";
import { expandBraces, fitsWildcard, hasWildcard } from "../../../../src/config/files/wildcard.ts";

/** By kind: names, the pattern, and whether it means them. */
const KINDS: Readonly<Record<string, readonly (readonly [readonly string[], string, boolean])[]>> = {
  "stars": [
    [["a.yaml", "*.yaml"], "*.yaml", true],
    [["a.yml", "a.yaml.tmpl"], "*.yaml", false],
    [["", "a", "a b", "💥", "-"], "*", true],
    [["aXbXc", "abc"], "a*b*c", true],
    [["aXc", "abcd"], "a*b*c", false],
    [["dev.yaml", "a.b.yaml"], "**.yaml", true],
    [["a"], "", false],
  ],
  "question marks": [[["abc", "a-c", "a💥c"], "a?c", true], [["ac", "abbc"], "a?c", false]],
  "classes": [
    [["b"], "[a-c]", true],
    [["d", "ab", "-"], "[a-c]", false],
    [["d", "-", "💥"], "[!a-c]", true],
    [["d"], "[^a-c]", true],
    [["b"], "[!a-c]", false],
    [["-", "a"], "[a-]", true],
    [["]", "a"], "[]a]", true],
    [["b"], "[!]a]", true],
    [["]"], "[!]a]", false],
    [["]", "a"], "[a\\]]", true],
    [["-"], "[a\\-c]", true],
    [["b"], "[a\\-c]", false],
    [["*", "?"], "[*?]", true],
    [["[", "[ab"], "[*", true],
    [["m"], "[z-a]", false],
  ],
  "names that begin with a dot": [
    [[".x", ".yaml"], ".*", true],
    [[".x"], "*", false],
    [[".x"], "?x", false],
    [[".x"], "[!a]x", false],
    [[".x"], "[.]x", false],
    [["a.x"], "a?x", true],
  ],
  "escapes": [
    [["a*b"], "a\\*b", true],
    [["aXb"], "a\\*b", false],
    [["d"], "\\d", true],
    [["7"], "\\d", false],
    [["{a,b}"], "\\{a,b\\}", true],
    [["a\\"], "*\\", true],
  ],
  "what is special elsewhere": [
    [["@(a|b)x"], "@(a|b)*", true],
    [["ax", "bx"], "@(a|b)*", false],
    [["!(a)b"], "!(a)?", true],
    [["b", "bb"], "!(a)?", false],
    [["+(a)1"], "+(a)?", true],
    [["aa1"], "+(a)?", false],
    [["a|bc"], "a|b*", true],
    [["a"], "a|b*", false],
    [["!ab"], "!a*", true],
    [["b"], "!a*", false],
    [['"a"b'], '"a"*', true],
    [["ab"], '"a"*', false],
    [["a+"], "[a]+", true],
    [["aa"], "[a]+", false],
    [["^a$"], "^a$", true],
    [["#a", "~a", "$a"], "?a", true],
  ],
};
for (const [kind, rows] of Object.entries(KINDS)) {
  Deno.test(`wildcards: ${kind}`, () => {
    for (const [names, pattern, expected] of rows) {
      for (const name of names) assert.equal(fitsWildcard(name, pattern), expected, `"${name}" and ${pattern}`);
    }
  });
}

const PIECES = [..."ab.-*?[]+^$", "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[a-]", "[a\\]]", "**", "\\*"];

function allOf(pieces: readonly string[], most: number): readonly string[] {
  let [all, last]: [string[], readonly string[]] = [[], [""]];
  for (let length = 0; length < most; length++) {
    last = last.flatMap((text) => pieces.map((piece) => text + piece));
    all = all.concat(last);
  }
  return all;
}

Deno.test("wildcards: picomatch reads every short pattern the same way, but for dots that a negated class lets in", () => {
  const names = allOf([..."ab.*-]"], 3).filter((name) => name !== "." && name !== "..");
  for (const pattern of allOf(PIECES, 2)) {
    const fits = picomatch(pattern, { nobrace: true, noextglob: true, nonegate: true, regex: false, posix: true });
    for (const name of names) {
      if (name.startsWith(".") && pattern.startsWith("[")) continue;
      assert.equal(fitsWildcard(name, pattern), fits(name), `"${name}" and ${pattern}`);
    }
  }
});

Deno.test("wildcards: no pattern takes long", () => {
  assert.equal(fitsWildcard("a".repeat(250), "*a".repeat(120) + "b"), false);
  assert.equal(fitsWildcard("a".repeat(250), "[a-z]*?".repeat(80) + "b"), false);
  assert.equal(expandBraces("{".repeat(2000) + "\\".repeat(2000)).length, 1);
});

Deno.test("braces are written out, but not without end", () => {
  assert.deepEqual(expandBraces("x{a,b{1,2}}"), ["xa", "xb1", "xa", "xb2"]);
  assert.deepEqual(expandBraces("{a/b,c}/*.{yaml,yml}"), ["a/b/*.yaml", "a/b/*.yml", "c/*.yaml", "c/*.yml"]);
  assert.deepEqual(expandBraces("a{,.yaml}"), ["a", "a.yaml"]);
  assert.deepEqual(expandBraces("{a}{1..3}"), ["a1..3"]);
  assert.deepEqual(expandBraces("a{b,c"), ["a{b,c"]);
  assert.deepEqual(expandBraces("a}b"), ["a}b"]);
  assert.throws(() => expandBraces("{a,b}".repeat(30)), RangeError);
});

Deno.test("braces and commas that are escaped stay", () => {
  assert.deepEqual(expandBraces("\\{a,b\\}"), ["\\{a,b\\}"]);
  assert.deepEqual(expandBraces("\\{a,b}"), ["\\{a,b}"]);
  assert.deepEqual(expandBraces("{a,b\\}"), ["{a,b\\}"]);
  assert.deepEqual(expandBraces("{a\\,b,c}"), ["a\\,b", "c"]);
  assert.deepEqual(expandBraces("\\\\{a,b}"), ["\\\\a", "\\\\b"]);
});

Deno.test("wildcards: what has one, and what is a name", () => {
  assert.deepEqual(["*", "a?", "[a]", "{a,b}", "x/**"].filter(hasWildcard).length, 5);
  assert.deepEqual(["a", "a.b-c", "@(a)", "!a", "a+", ""].filter(hasWildcard), []);
});
