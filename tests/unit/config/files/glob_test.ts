import picomatch from "picomatch";
import { deepEqual, equal, throws } from "node:assert/strict";
import { expandBraces, globFiles, hasWildcard, matchesWildcard } from "../../../../src/config/files/glob.ts";
import { configWorld } from "../../../support/config/config_files.ts";

Deno.test("files are found by depth and name; links are not followed by **", () => {
  const files = { "/r/b.yaml": "", "/r/a.yaml": "", "/r/x/1.yaml": "", "/r/x/y/2.yaml": "", "/r/.h/3.yaml": "" };
  const { host, disk } = configWorld({ files });
  disk.symlink("/r/loop", { to: "/r" });
  const find = (pattern: string) => globFiles(host, { directory: "/r", pattern });
  deepEqual(find("**/*"), ["/r/a.yaml", "/r/b.yaml", "/r/x/1.yaml", "/r/x/y/2.yaml"]);
  deepEqual(find("**/2.yaml"), ["/r/x/y/2.yaml"]);
  deepEqual(find("x/**/{1,2}.yaml"), ["/r/x/1.yaml", "/r/x/y/2.yaml"]);
  deepEqual(find("/r/.h/*"), ["/r/.h/3.yaml"]);
  deepEqual(find("../r/?.yaml"), ["/r/a.yaml", "/r/b.yaml"]);
  deepEqual(find("none/*"), []);
});

Deno.test("links are followed by ** where that is wanted, but for those that lead back", () => {
  const files = { "/r/a/1.yaml": "", "/other/2.yaml": "", "/other/deep/3.yaml": "", "/r/b/4.yaml": "" };
  const { host, disk } = configWorld({ files });
  const links = {
    "/r/a/other": "/other",
    "/r/a/up": "/r",
    "/r/a/self": "/r/a",
    "/other/back": "/r/a",
    "/r/none": "/nowhere",
    "/r/file.yaml": "/r/a/1.yaml",
    "/r/.hidden": "/other",
  };
  for (const [path, to] of Object.entries(links)) disk.symlink(path, { to });
  const found = globFiles(host, { directory: "/r", pattern: "**/*", followsLinks: true });
  deepEqual(found.filter((path) => !path.includes("/back/")), [
    ...["/r/file.yaml", "/r/a/1.yaml", "/r/b/4.yaml", "/r/a/other/2.yaml", "/r/a/other/deep/3.yaml"],
  ]);
  equal(new Set(found.map((path) => path.split("/").at(-1))).size, 5);
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
    deepEqual(globFiles(host, { directory: "/r", pattern }), expected);
  });
}

Deno.test("files: many ** after another are walked once; a pattern that means too much is refused", () => {
  const deep = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`/r/${"d/".repeat(at)}f.yaml`, ""]));
  const { host } = configWorld({ files: deep });
  equal(globFiles(host, { directory: "/r", pattern: "**/".repeat(12) + "*.yaml" }).length, 40);
  const wide = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`/r/${at}`, ""]));
  const many = configWorld({ files: wide }).host;
  throws(() => globFiles(many, { directory: "/r", pattern: "**" }), RangeError);
});

/** By kind: patterns with the names that they mean, and those that they do not. */
const KINDS: Readonly<Record<string, Readonly<Record<string, readonly [readonly string[], readonly string[]]>>>> = {
  "stars": {
    ...{ "*.yaml": [["a.yaml", "*.yaml"], ["a.yml", "a.yaml.tmpl"]], "**.yaml": [["dev.yaml", "a.b.yaml"], ["a"]] },
    ...{ "*": [["", "a", "a b", "💥", "-"], []], "a*b*c": [["aXbXc", "abc"], ["aXc", "abcd"]], "": [[""], ["a"]] },
  },
  "question marks": { "a?c": [["abc", "a-c", "a💥c"], ["ac", "abbc"]] },
  "classes": {
    ...{ "[a-c]": [["b"], ["d", "ab", "-"]], "[!a-c]": [["d", "-", "💥"], ["b"]], "[^a-c]": [["d"], ["b"]] },
    ...{ "[a-]": [["-", "a"], ["b"]], "[]a]": [["]", "a"], ["b"]], "[!]a]": [["b"], ["]", "a"]], "[z-a]": [[], ["m"]] },
    ...{ "[a\\]]": [["]", "a"], ["\\"]], "[a\\-c]": [["-", "a", "c"], ["b"]], "[*?]": [["*", "?"], ["a"]] },
    ...{ "[*": [["[", "[ab"], ["a"]], "[": [["["], []] },
  },
  "names that begin with a dot": {
    ...{ ".*": [[".x", ".yaml"], ["x"]], "*": [[], [".x"]], "?x": [["ax"], [".x"]], "a?x": [["a.x"], []] },
    ...{ "[!a]x": [["bx"], [".x"]], "[.]x": [[], [".x"]] },
  },
  "escapes": {
    ...{ "a\\*b": [["a*b"], ["aXb"]], "\\d": [["d"], ["7"]], "\\{a,b\\}": [["{a,b}"], ["a"]], "*\\": [["a\\"], ["a"]] },
  },
  "what is special elsewhere": {
    ...{ "@(a|b)*": [["@(a|b)x"], ["ax", "bx"]], "!(a)?": [["!(a)b"], ["b", "bb"]], "+(a)?": [["+(a)1"], ["aa1"]] },
    ...{ "a|b*": [["a|bc"], ["a"]], "!a*": [["!ab"], ["b"]], '"a"*': [['"a"b'], ["ab"]], "[a]+": [["a+"], ["aa"]] },
    ...{ "^a$": [["^a$"], ["a"]], "?a": [["#a", "~a", "$a"], ["a"]] },
  },
};
for (const [kind, patterns] of Object.entries(KINDS)) {
  Deno.test(`wildcards: ${kind}`, () => {
    for (const [pattern, [meant, others]] of Object.entries(patterns)) {
      deepEqual(meant.filter((name) => !matchesWildcard(name, pattern)), [], pattern);
      deepEqual(others.filter((name) => matchesWildcard(name, pattern)), [], pattern);
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
      equal(matchesWildcard(name, pattern), fits(name), `"${name}" and ${pattern}`);
    }
  }
});

Deno.test("wildcards: no pattern takes long", () => {
  equal(matchesWildcard("a".repeat(250), "*a".repeat(120) + "b"), false);
  equal(matchesWildcard("a".repeat(250), "[a-z]*?".repeat(80) + "b"), false);
  equal(expandBraces("{".repeat(2000) + "\\".repeat(2000)).length, 1);
});

Deno.test("braces are written out, but not without end", () => {
  deepEqual(expandBraces("x{a,b{1,2}}"), ["xa", "xb1", "xa", "xb2"]);
  deepEqual(expandBraces("{a/b,c}/*.{yaml,yml}"), ["a/b/*.yaml", "a/b/*.yml", "c/*.yaml", "c/*.yml"]);
  deepEqual(expandBraces("a{,.yaml}"), ["a", "a.yaml"]);
  deepEqual(expandBraces("{a}{1..3}"), ["a1..3"]);
  deepEqual(expandBraces("a{b,c"), ["a{b,c"]);
  deepEqual(expandBraces("a}b"), ["a}b"]);
  throws(() => expandBraces("{a,b}".repeat(30)), RangeError);
});

Deno.test("braces and commas that are escaped stay", () => {
  deepEqual(expandBraces("\\{a,b\\}"), ["\\{a,b\\}"]);
  deepEqual(expandBraces("\\{a,b}"), ["\\{a,b}"]);
  deepEqual(expandBraces("{a,b\\}"), ["{a,b\\}"]);
  deepEqual(expandBraces("{a\\,b,c}"), ["a\\,b", "c"]);
  deepEqual(expandBraces("\\\\{a,b}"), ["\\\\a", "\\\\b"]);
});

Deno.test("wildcards: what has one, and what is a name", () => {
  deepEqual(["*", "a?", "[a]", "{a,b}", "x/**"].filter(hasWildcard).length, 5);
  deepEqual(["a", "a.b-c", "@(a)", "!a", "a+", ""].filter(hasWildcard), []);
});
