import assert from "node:assert/strict";
import { parseTree } from "../../../../src/formats/yaml/tree.ts";
import { sameNode } from "../../../../src/formats/yaml/value.ts";

const OLD = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: QUJD
    server: "https://one"
  name: one
- cluster: {server: 'https://two', extra: [a, b], none: , quoted: ""}
  name: two
- &three
  cluster:
    note: |
      two lines
      of text
    number: !!str 8
  name: three
- *three
kind: Config
`;

/** Each changes what a reader would see, most of them without changing a length. */
const CHANGES: readonly (readonly [string, string])[] = [
  ["QUJD", "QUJE"],
  ["QUJD", "QUJDRA"],
  ['"https://one"', '"https://0ne"'],
  ['"https://one"', " https://one "],
  ["'https://two'", "'https://owt'"],
  ["name: two", "nam3: two"],
  ["name: one", 'name: "one"'],
  ["name: one", "name: !!str one"],
  ["name: one", "name: &one one"],
  ["[a, b]", "[a, c]"],
  ["[a, b]", "[a]"],
  ["[a, b]", "[a, b, c]"],
  ["[a, b]", "{a: b}"],
  ["none: ", "none: ~"],
  ["two lines", "2wo lines"],
  ["note: |", "note: >"],
  ["note: |", "note: |-"],
  ["!!str 8", "!!int 8"],
  ["!!str 8", "8"],
  ["- *three\n", ""],
  ["- *three\n", "- three\n"],
  ["  name: one\n", ""],
  ["kind: Config\n", ""],
  ["kind: Config\n", "kind: Config\nextra: 1\n"],
  ["- cluster: {server", "-\n- cluster: {server"],
];

/** And these do not. */
const LAYOUTS: readonly (readonly [string, string])[] = [
  ["apiVersion", "# a comment\napiVersion"],
  ["'https://two'", '"https://two"'],
  ["'https://two'", '"https:\\/\\/two"'],
  ["    server:", "    # shifted\n    server:  "],
  ["[a, b]", "[ a , b ]"],
];

Deno.test("a tree that takes over nodes of another one differs from it where one of its own would", () => {
  const old = parseTree(OLD).root!;
  for (const [changes, same] of [[CHANGES, false], [LAYOUTS, true]] as const) {
    for (const [from, to] of changes) {
      const text = OLD.replace(from, to);
      assert.notEqual(text, OLD, from);
      const [alone, like] = [parseTree(text), parseTree(text, old)];
      assert.equal(sameNode(old, alone.root!), same, `${from} -> ${to}`);
      assert.equal(sameNode(old, like.root!), same, `${from} -> ${to}, with nodes taken over`);
      assert.ok(sameNode(alone.root!, like.root!), `${from} -> ${to}: another text was read`);
      assert.equal(like.anchored.length, alone.anchored.length);
      assert.equal(like.aliased.size, alone.aliased.size);
    }
  }
});

Deno.test("what is unchanged is the very node, what stands around a change is not", () => {
  const old = parseTree(OLD).root!;
  const now = parseTree(OLD.replace("name: one", "name: 0ne"), old).root!;
  const items = (root: typeof old) => root.items[3]!.items;
  assert.ok(items(now)[0] !== items(old)[0]);
  assert.ok(items(now)[0]!.items[1] === items(old)[0]!.items[1]);
  assert.ok(items(now)[2] !== items(old)[2], "an anchor is a place of its own");
});

Deno.test("what only a parse of the whole text finds is found in nodes taken over too", () => {
  const old = parseTree("a: 1\nb: 2\n").root!;
  assert.throws(() => parseTree("a: 1\na: 2\n", old), /"a" is there twice/);
  assert.throws(() => parseTree("a: 1\nb: 2\n---\n", old), /second YAML document/);
  assert.throws(() => parseTree("a: 1\nb: *b\n", old), /no anchor/);
});

Deno.test("a block ends in a line break where the file has one there, as kubectl's reader has it", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["s: |\n  one\n  two", "one\ntwo"],
    ["s: |\n  one\n  two\n", "one\ntwo\n"],
    ["s: |\r\n  one\r\n  two", "one\ntwo"],
    ["s: |\r\n  one\r\n", "one\n"],
    ["s: >\n  one\n  two", "one two"],
    ["s: |+\n  one", "one"],
    ["s: |+\n  one\n\n", "one\n\n"],
    ["s: |-\n  one", "one"],
    ["s: |\n  one\n  ", "one\n"],
    ["s: |\n  one \n  ", "one \n"],
    ["s: |\n  one\n    ", "one\n  "],
    ["s: |\n  one  ", "one  "],
    ["s: |\n  one\n# end", "one\n"],
    ["s: |", ""],
  ];
  for (const [source, text] of cases) {
    assert.equal(parseTree(source).root!.items[1]!.text, text, JSON.stringify(source));
  }
});

Deno.test("a key that kubectl does not read for its length is refused, in blocks and brackets", () => {
  const key = "k".repeat(1_024);
  for (const text of [`${key}: v\n`, `{${key}: v}\n`, `a:\n- "${key.slice(2)}": v\n`]) parseTree(text);
  for (const text of [`${key}k: v\n`, `{${key}k: v}\n`, `a:\n- "${key}": v\n`]) {
    assert.throws(() => parseTree(text), /a key has more than 1024 characters/);
  }
});
