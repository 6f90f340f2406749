import { deepEqual, equal } from "node:assert/strict";
import { chooseLeaves } from "../../../scripts/compile/choose_leaves.ts";
import { type Files, planMerge, withMerged } from "../../../scripts/compile/merge_group.ts";

const LEAF = 'function text() {\n  return "x";\n}\n\nexport {\n  text\n};\n';

/** As esbuild writes them: `chunk-a` is a leaf, and the command imports what it needs lazily. */
const FILES: Files = new Map([
  ["main.js", 'import {\n  text as text2\n} from "./chunk-a.js";\nvar load = () => import("./command.js");\n'],
  [
    "command.js",
    'import {\n  text\n} from "./chunk-a.js";\nimport "./chunk-b.js";\nvar run = () => import("./run.js");\n',
  ],
  ["run.js", 'import "./chunk-a.js";\nvar more = () => import("./other.js");\n'],
  ["chunk-a.js", LEAF],
  ["chunk-b.js", "var b = 1;\n"],
  ["other.js", 'import {\n  text\n} from "./chunk-a.js";\nvar load = () => import("./run.js");\n'],
]);
const GROUP = { file: "merged.js", entries: ["command.js", "run.js"], merged: [] };

Deno.test("planMerge: the entries and all that they import at once, lazily from themselves, the rest from outside", () => {
  const { members, entry, outside } = planMerge(FILES, GROUP);
  deepEqual([...members.keys()], ["chunk-a.js", "chunk-b.js", "command.js", "run.js"]);
  deepEqual(outside, ["merged.js", "other.js"]);
  equal(members.get("command.js")!.includes('import("./merged.js").then((all) => all.run)'), true);
  deepEqual(entry.trim().split("\n"), [
    ...["chunk-a", "chunk-b", "command", "run"].map((name) => `import "./${name}.js";`),
    'export { text as chunk_a_text } from "./chunk-a.js";',
    'export * as command from "./command.js";',
    'export * as run from "./run.js";',
  ]);
});

Deno.test("planMerge: what is merged already stays where it is", () => {
  const { members, outside } = planMerge(FILES, { ...GROUP, merged: ["chunk-a.js"] });
  deepEqual([...members.keys()], ["chunk-b.js", "command.js", "run.js"]);
  deepEqual(outside, ["chunk-a.js", "merged.js", "other.js"]);
});

Deno.test("withMerged: all others import from the one file what members have, at once and lazily", () => {
  const { members } = planMerge(FILES, GROUP);
  const files = withMerged(FILES, { file: "merged.js", code: "var merged;\n", members });
  deepEqual([...files.keys()].sort(), ["main.js", "merged.js", "other.js"]);
  equal(
    files.get("main.js"),
    'import {\n  chunk_a_text as text2\n} from "./merged.js";\n' +
      'var load = () => import("./merged.js").then((all) => all.command);\n',
  );
  equal(
    files.get("other.js"),
    'import {\n  chunk_a_text as text\n} from "./merged.js";\nvar load = () => import("./merged.js").then((all) => all.run);\n',
  );
});

Deno.test("chooseLeaves: small shared chunks that import nothing but one another, and what is merged", () => {
  const leaves = (files: Readonly<Record<string, string>>, merged: readonly string[] = []) =>
    chooseLeaves(new Map(Object.entries(files)), merged);
  deepEqual(leaves({ "chunk-B.js": LEAF }), ["chunk-B.js"]);
  deepEqual(leaves({ "command-B.js": LEAF }), [], "it is imported lazily, by its name");
  deepEqual(leaves({ "chunk-B.js": LEAF + " ".repeat(4_000) }), [], "it is not small");
  const uses = `import {\n  text\n} from "./chunk-Z.js";\n`;
  deepEqual(leaves({ "chunk-A.js": uses, "chunk-Z.js": LEAF }), ["chunk-A.js", "chunk-Z.js"]);
  deepEqual(leaves({ "chunk-A.js": uses }), []);
  deepEqual(leaves({ "chunk-A.js": uses }, ["chunk-Z.js"]), ["chunk-A.js"]);
  deepEqual(leaves({ "chunk-A.js": `${uses}import "./chunk-Y.js";\n`, "chunk-Z.js": LEAF }), ["chunk-Z.js"]);
  deepEqual(leaves({ "chunk-A.js": 'import { x } from "@aws-sdk/x";\n' }), []);
  deepEqual(leaves({ "chunk-A.js": 'var late = () => import("./chunk-Z.js");\n', "chunk-Z.js": LEAF }), ["chunk-Z.js"]);
});
