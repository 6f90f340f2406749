import assert from "node:assert/strict";
import { treeOfLines } from "../../src/formats/yaml/lines.ts";
import type { YamlNode } from "../../src/formats/yaml/node.ts";
import { parseTree } from "../../src/formats/yaml/tree.ts";
import { bigKubeconfig } from "../bench/big_kubeconfig.ts";
import { RandomSource } from "../support/random/source.ts";

const RUNS = 60_000;
const SEED = Number(Deno.env.get("ATMOS_TEST_SEED") ?? 20261124);
const FIELDS = [
  "kind",
  "start",
  "body",
  "end",
  "flow",
  "text",
  "target",
  "style",
  "anchor",
  "tag",
  "keepsTail",
] as const;

const INDENTS = ["", "", "", " ", "  ", "  ", "    ", "   "];
const DASHES = ["", "", "", "- ", "- ", "-   ", "- - ", "-", "---", "--- ", "... ", "? "];
const KEYS = ["a:", "b:", "name:", "c-d.e_f:", "a :", '"q":', "<<:", "a:b:", "x", "", "", "*x :", "&k a:", "-k:", "1:"];
const VALUES = [
  ...[
    "",
    "",
    " v",
    " v",
    "  two words",
    " http://h:1/p",
    " a:b",
    " a: b",
    " a:",
    " a #c",
    " a#c",
    " #c",
    " -x",
    " - x",
  ],
  ...[
    " -",
    " --",
    " ---",
    " ...",
    " {}",
    " []",
    " { }",
    " {a: 1}",
    " [a]",
    ' "q"',
    ' "q" ',
    " 'q'",
    " 'q''r'",
    ' "q\\n"',
  ],
  ...[
    ' "q',
    ' q"',
    ' "a: b #c"',
    " 'x' y",
    " |",
    " >-",
    " &a v",
    " *a",
    " !!str v",
    " ~",
    " null",
    " ?x",
    " :x",
    " %x",
    " @x",
  ],
  ...[
    " `x",
    " =",
    " $(x)",
    " (x)",
    " /x",
    " <",
    " a  ",
    " \tv",
    "\tv",
    " ü",
    " v\r",
    " \u0085",
    " \u2028",
    " a\0b",
    " 08",
    " 1e3",
    ": v",
    " .5",
    " +1",
  ],
];

const ODD_LINES = ["", "# c", "  # c", "   ", "\t", "#", " #: - a", "---", "...", "%YAML 1.1"];

/** Lines of which most readers make nothing, and some of them something that looks like what tools write. */
function randomLines(random: RandomSource): string {
  const line = () => {
    if (random.chance(0.1)) return random.pick(ODD_LINES);
    return random.pick(INDENTS) + random.pick(DASHES) + random.pick(KEYS) + random.pick(VALUES);
  };
  const lines = Array.from({ length: 1 + random.below(3) }, line);
  return random.pick(["", "k:\n"]) + lines.join("\n") + random.pick(["\n", "\n", "", "\n\n"]);
}

const STARTS = ["- ", "- ", "  ", "  ", "    ", ""];
const SIMPLE = ["", "", " v", " -x", " {}", ' "q"', " two  words", " http://h:1/p"];

/** The same, of lines that are mostly in order; keys count up, so that none is there twice. */
function orderlyLines(random: RandomSource): string {
  const line = (_: unknown, i: number) => {
    if (random.chance(0.05)) return random.pick(ODD_LINES);
    const key = random.chance(0.8) ? `a${random.chance(0.95) ? i : 1}:` : "";
    return random.pick(STARTS) + key + random.pick(random.chance(0.9) ? SIMPLE : VALUES);
  };
  return `k:\n${Array.from({ length: 1 + random.below(7) }, line).join("\n")}\n`;
}

const NASTY = [..."\n\n  -:#{}[]\"'&*!|>%@`,?\\\t\r~a1", "\n  ", "\n- ", ": ", " #", "---\n", "\uFEFF"];

function mutated(random: RandomSource): string {
  const text = bigKubeconfig(2).replace(/data: \S+/g, "data: QUJD=");
  const characters = [...text];
  for (let i = 0; i <= random.below(3); i++) {
    characters.splice(
      random.below(characters.length),
      random.below(3),
      ...(random.chance(0.3) ? [] : [random.pick(NASTY)]),
    );
  }
  return characters.join("");
}

function assertSame(mine: YamlNode, theirs: YamlNode): void {
  for (const field of FIELDS) assert.equal(mine[field], theirs[field], `${field} at ${theirs.start}`);
  assert.equal(mine.items.length, theirs.items.length);
  mine.items.forEach((item, i) => assertSame(item, theirs.items[i]!));
}

/** Whether the text was read at all; what is read is what the parser reads, which must read it too. */
function isReadAlike(source: string): boolean {
  const mine = treeOfLines(source);
  if (mine === undefined) return false;
  try {
    const theirs = parseTree(source);
    assertSame(mine.root!, theirs.root!);
    assert.equal(theirs.anchored.length + theirs.aliased.size, 0);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n--- source\n${JSON.stringify(source)}`, { cause: error });
  }
  return true;
}

const SOURCES: Readonly<Record<string, (random: RandomSource) => string>> = {
  "random lines": randomLines,
  "lines mostly in order": orderlyLines,
  "kubeconfigs with a flaw": mutated,
};

for (const [what, source] of Object.entries(SOURCES)) {
  Deno.test(`read line by line as the parser reads it, or not at all: ${what}`, () => {
    const random = new RandomSource(SEED);
    let read = 0;
    for (let run = 0; run < RUNS; run++) read += isReadAlike(source(random)) ? 1 : 0;
    console.log(`${what}: ${read} of ${RUNS} read line by line`);
    assert.ok(read > RUNS / 200, "what is hardly ever read proves nothing");
  });
}

Deno.test("what aws and kubectl write is read line by line", () => {
  assert.ok(isReadAlike(bigKubeconfig(20)));
  const ofKubectl = `apiVersion: v1
clusters:
- cluster:
    insecure-skip-tls-verify: true
    server: https://1.2.3.4
  name: e2e
contexts:
- context:
    cluster: ""
    user: ""
  name: federal-context
current-context: ''
kind: Config
preferences: {}
users: []
`;
  assert.ok(isReadAlike(ofKubectl));
  assert.ok(isReadAlike(`# mine\n\n${ofKubectl}# the end`));
});
