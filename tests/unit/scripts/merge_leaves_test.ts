import { deepEqual, equal } from "node:assert/strict";
import { chooseLeaves, redirect } from "../../../scripts/compile/merge_leaves.ts";

const chunk = (file: string, code: string) => ({ file: `${file}.js`, code });
const files = (...chunks: readonly ReturnType<typeof chunk>[]) => chooseLeaves(chunks).map(({ file }) => file);

Deno.test("chooseLeaves: small shared chunks that import nothing", () => {
  const leaf = 'function text() {\n  return "x";\n}\n\nexport {\n  text\n};\n';
  deepEqual(files(chunk("chunk-B", leaf)), ["chunk-B.js"]);
  deepEqual(files(chunk("command-B", leaf)), [], "it is imported lazily, by its name");
  deepEqual(files(chunk("chunk-B", `import {\n  a\n} from "./chunk-A.js";\n${leaf}`)), []);
  deepEqual(files(chunk("chunk-B", `import "./chunk-A.js";\n${leaf}`)), []);
  deepEqual(files(chunk("chunk-B", `export {\n  a\n} from "./chunk-A.js";\n`)), []);
  deepEqual(files(chunk("chunk-B", `${leaf}var late = () => import("" || "./chunk-A.js");\n`)), []);
  deepEqual(files(chunk("chunk-B", leaf + " ".repeat(4_000))), [], "it is not small");
});

Deno.test("chooseLeaves: of two that declare or export the same name, the first", () => {
  const declares = (name: string) => `var ${name} = 1;\n\nexport {\n  ${name}\n};\n`;
  deepEqual(files(chunk("chunk-B", declares("b")), chunk("chunk-A", declares("a"))), ["chunk-A.js", "chunk-B.js"]);
  deepEqual(files(chunk("chunk-A", declares("a")), chunk("chunk-B", declares("a"))), ["chunk-A.js"]);
  const twice = "async function b() {\n}\nclass a {\n}\n\nexport {\n  b\n};\n";
  deepEqual(files(chunk("chunk-A", declares("a")), chunk("chunk-B", twice)), ["chunk-A.js"]);
  const inner = "class C {\n  x() {\n    var a = 1;\n  }\n}\n\nexport {\n  C\n};\n";
  deepEqual(files(chunk("chunk-A", declares("a")), chunk("chunk-B", inner)), ["chunk-A.js", "chunk-B.js"]);
});

Deno.test("chooseLeaves: chunks that import nothing but one another, after what they import", () => {
  const leaf = chunk("chunk-Z", "var z = 1;\n\nexport {\n  z\n};\n");
  const other = (imports: string) => chunk("chunk-A", `${imports}\n// src/a.ts\nvar a = z;\n\nexport {\n  a\n};\n`);
  const found = chooseLeaves([other('import {\n  z\n} from "./chunk-Z.js";\n'), leaf]);
  deepEqual(found.map(({ file }) => file), ["chunk-Z.js", "chunk-A.js"]);
  equal(found[1]!.code, "\n// src/a.ts\nvar a = z;\n\nexport {\n  a\n};\n");
  deepEqual(files(other('import {\n  z as y\n} from "./chunk-Z.js";\n'), leaf), ["chunk-Z.js"], "renamed");
  deepEqual(files(other('import "./chunk-Z.js";\nimport "./chunk-Y.js";\n'), leaf), ["chunk-Z.js"], "one that is not");
  deepEqual(files(other('import {\n  y\n} from "./chunk-Z.js";\n'), leaf), ["chunk-Z.js"], "a name that is not there");
});

Deno.test("redirect: imports of merged chunks, early and late, and no others", () => {
  const code = 'import { a } from "./chunk-A.js";\nimport "./chunk-B.js";\nconst c = import("" || "./chunk-A.js");\n';
  equal(
    redirect(code, new Set(["chunk-A.js"])),
    'import { a } from "./chunk-leaves.js";\nimport "./chunk-B.js";\nconst c = import("" || "./chunk-leaves.js");\n',
  );
});
