import assert from "node:assert/strict";
import { globFiles } from "../../../../src/config/files/glob.ts";
import { expandBraces, fitsWildcard } from "../../../../src/config/files/wildcard.ts";
import { configWorld } from "../../../support/config/config_files.ts";

Deno.test("wildcards", () => {
  const fitting = [
    ["a.yaml", "*.yaml"],
    ["abc", "a?c"],
    ["b", "[a-c]"],
    ["d", "[!a-c]"],
    [".x", ".*"],
    ["a*b", "a\\*b"],
    [
      "aXbXc",
      "a*b*c",
    ],
    ["", "*"],
    ["[", "["],
  ];
  const unfitting = [["a.yml", "*.yaml"], [".x", "*"], ["d", "[a-c]"], ["ac", "a?c"], ["a", ""], ["aXc", "a*b*c"]];
  for (const [name, pattern] of fitting) assert.ok(fitsWildcard(name!, pattern!), `${name} fits ${pattern}`);
  for (const [name, pattern] of unfitting) assert.ok(!fitsWildcard(name!, pattern!), `${name} does not fit ${pattern}`);
  assert.equal(fitsWildcard("a".repeat(250), "*a".repeat(120) + "b"), false);
});

Deno.test("braces are written out, but not without end", () => {
  assert.deepEqual(expandBraces("x{a,b{1,2}}"), ["xa", "xb1", "xa", "xb2"]);
  assert.throws(() => expandBraces("{a,b}".repeat(30)), RangeError);
});

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
