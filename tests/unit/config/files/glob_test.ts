import assert from "node:assert/strict";
import { globFiles } from "../../../../src/config/files/glob.ts";
import { configWorld } from "../../../support/config/config_files.ts";

Deno.test("files are found by depth and name; links are not followed by **", () => {
  const files = { "/r/b.yaml": "", "/r/a.yaml": "", "/r/x/1.yaml": "", "/r/x/y/2.yaml": "", "/r/.h/3.yaml": "" };
  const { host, disk } = configWorld({ files });
  disk.symlink("/r/loop", { to: "/r" });
  const find = (pattern: string) => globFiles(host, { directory: "/r", pattern });
  assert.deepEqual(find("**/*"), ["/r/a.yaml", "/r/b.yaml", "/r/x/1.yaml", "/r/x/y/2.yaml"]);
  assert.deepEqual(find("**/2.yaml"), ["/r/x/y/2.yaml"]);
  assert.deepEqual(find("x/**/{1,2}.yaml"), ["/r/x/1.yaml", "/r/x/y/2.yaml"]);
  assert.deepEqual(find("/r/.h/*"), ["/r/.h/3.yaml"]);
  assert.deepEqual(find("../r/?.yaml"), ["/r/a.yaml", "/r/b.yaml"]);
  assert.deepEqual(find("none/*"), []);
});

const FILES = [
  ...["/r/a.yaml", "/r/x/1.yaml", "/r/x/2.yml", "/r/x/README", "/r/x/y/3.yaml", "/r/x/y/z/4.yaml"],
  ...["/r/x/.h/5.yaml", "/r/x/.6.yaml", "/r/w/y/7.yaml", "/r/x{y}/8.yaml"],
];
const X = ["/r/x/1.yaml", "/r/x/2.yml", "/r/x/README", "/r/x/y/3.yaml", "/r/x/y/z/4.yaml"];

const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  "x/**": X,
  "x/**/**": X,
  "x/**/**/*": X,
  "/r/x/**": X,
  "./x/**": X,
  "{x,none}/**": X,
  "x/**/*.yaml": ["/r/x/1.yaml", "/r/x/y/3.yaml", "/r/x/y/z/4.yaml"],
  "x/**.yaml": ["/r/x/1.yaml"],
  "x/*": ["/r/x/1.yaml", "/r/x/2.yml", "/r/x/README"],
  "x/*/*": ["/r/x/y/3.yaml"],
  "x/.*": ["/r/x/.6.yaml"],
  "x/.h/*": ["/r/x/.h/5.yaml"],
  "x/.*/*": ["/r/x/.h/5.yaml"],
  "**/y/*": ["/r/w/y/7.yaml", "/r/x/y/3.yaml"],
  "**/y/**": ["/r/w/y/7.yaml", "/r/x/y/3.yaml", "/r/x/y/z/4.yaml"],
  "**/z/**/*": ["/r/x/y/z/4.yaml"],
  "{w,x}/y/*": ["/r/w/y/7.yaml", "/r/x/y/3.yaml"],
  "{w/y,x}/*.yaml": ["/r/x/1.yaml", "/r/w/y/7.yaml"],
  "x\\{y\\}/*": ["/r/x{y}/8.yaml"],
  "x\\{y\\}/**": ["/r/x{y}/8.yaml"],
  "@(w|x)/**": [],
  "a.yaml/**": [],
  "a.yaml": ["/r/a.yaml"],
};
for (const [pattern, expected] of Object.entries(MEANINGS)) {
  Deno.test(`files that ${pattern} means`, () => {
    const { host } = configWorld({ files: Object.fromEntries(FILES.map((path) => [path, ""])) });
    assert.deepEqual(globFiles(host, { directory: "/r", pattern }), expected);
  });
}

Deno.test("files: many ** after another are walked once; a pattern that means too much is refused", () => {
  const deep = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`/r/${"d/".repeat(at)}f.yaml`, ""]));
  const { host } = configWorld({ files: deep });
  assert.equal(globFiles(host, { directory: "/r", pattern: "**/".repeat(12) + "*.yaml" }).length, 40);
  const wide = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`/r/${at}`, ""]));
  const many = configWorld({ files: wide }).host;
  assert.throws(() => globFiles(many, { directory: "/r", pattern: "**" }), RangeError);
});
