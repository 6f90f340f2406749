import assert from "node:assert/strict";
import { loadConfig } from "../../../../src/config/load_config.ts";
import type { LocatedMap, LocatedScalar } from "../../../../src/config/values/located.ts";
import { valueAt } from "../../../../src/config/values/look_up.ts";
import { configWorld, type ConfigWorldOptions, NOTHING_NAMED, plain } from "../../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";

async function evaluate(text: string, options: ConfigWorldOptions = {}) {
  const env = { ATMOS_TRUST: "1", ...options.env };
  const { host } = configWorld({ ...options, env, files: { [FILE]: text, ...options.files } });
  const { root, problems } = await loadConfig(host, NOTHING_NAMED);
  return { data: plain(root) as Record<string, unknown>, problems, root };
}

Deno.test("!env gives the variable, else the default, else nothing with a warning", async () => {
  const text = "a: !env SET\nb: !env UNSET fallback\nc: !env 'UNSET \"two words\"'\nd: !env UNSET\ne: !env\n";
  const { data, problems } = await evaluate(text, { env: { SET: "0123" } });
  assert.deepEqual(data, { a: "0123", b: "fallback", c: "two words", d: "", e: null });
  assert.deepEqual(problems.map(({ severity, place, path }) => [severity, place.line, place.column, path]), [
    ["warning", 4, 4, "d"],
    ["error", 5, 4, "e"],
  ]);
});

Deno.test("!cwd, !repo-root, !random and !literal", async () => {
  const text =
    "a: !cwd\nb: !cwd ./x\nc: !repo-root\nd: !random 1 3\ne: !random\nf: !literal '{{ x }}'\ng: !literal [!cwd ]\n";
  const { data } = await evaluate(text, { files: { "/home/me/.git/HEAD": "" } });
  const cwd = "/home/me/repo";
  assert.deepEqual(data, { a: cwd, b: `${cwd}/x`, c: "/home/me", d: 2, e: 32768, f: "{{ x }}", g: [cwd] });
  const outside = await evaluate("a: !repo-root here\nb: !repo-root\nc: !random 3 1\nd: !random x\n");
  assert.deepEqual(outside.data, { a: "here", b: null, c: null, d: null });
  assert.equal(outside.problems.length, 3);
});

Deno.test("!exec that fails is a problem without the command or its output", async () => {
  const { data, problems } = await evaluate("a: !exec tell secret\n", {
    run: [{ status: 3, stdout: "secret", stderr: "secret" }],
  });
  assert.deepEqual(data, { a: null });
  assert.match(problems[0]!.message, /^!exec: the command ended with status 3/);
  assert.doesNotMatch(problems[0]!.message, /secret/);
});

Deno.test("!exec that is ended for a limit gives nothing of what it printed", async () => {
  const results = [{ stopped: "timeout", says: /more than 60 seconds/ }, {
    stopped: "output",
    says: /more than 1 MiB/,
  }] as const;
  for (const { stopped, says } of results) {
    const { data, problems } = await evaluate("a: !exec x\n", {
      run: [{ status: 0, stdout: "part", stderr: "", stopped }],
    });
    assert.deepEqual(data, { a: null });
    assert.match(problems[0]!.message, says);
  }
});

Deno.test("!include takes YAML, JSON and text, whole or in part, and keeps their places", async () => {
  const text = [
    "a: !include x.yaml",
    "b: !include x.yaml .list[1].name",
    'c: !include x.yaml ."dotted.name"',
    "d: !include ~/y.json .k",
    "e: !include ./notes.txt",
    "f: !include x.yaml .none",
    "g: !include none.yaml",
    "h: !include https://example.com/x.yaml",
    "i: !include 'x.yaml ..'",
    "j: !include bad.json",
    "k: !include bad.yaml",
    "l: !include atmos.yaml",
  ].join("\n");
  const { data, problems, root } = await evaluate(text, {
    files: {
      "/home/me/repo/x.yaml": "list: [{name: one}, {name: !env WHO}]\ndotted.name: 1\n",
      "/home/me/y.json": '{\t"k": {"constructor": [true]}}',
      "/home/me/repo/notes.txt": "a: b\n",
      "/home/me/repo/bad.json": "{",
      "/home/me/repo/bad.yaml": "a: [\n",
    },
    env: { WHO: "me" },
  });
  assert.deepEqual(data["a"], { list: [{ name: "one" }, { name: "me" }], "dotted.name": 1 });
  assert.deepEqual([data["b"], data["c"], data["e"]], ["me", 1, "a: b\n"]);
  assert.deepEqual([...(valueAt(root, ["d"]) as LocatedMap).entries.keys()], ["constructor"]);
  assert.deepEqual(valueAt(root, ["b"])?.place, { file: "/home/me/repo/x.yaml", line: 1, column: 28 });
  assert.deepEqual(problems.map(({ path }) => path), ["f", "g", "h", "i", "j", "k", "l"]);
  assert.match(problems[6]!.message, /circular include: .*atmos\.yaml -> .*atmos\.yaml/);
});

Deno.test("!include: beside the file that says it, else below base_path, in atmos.d as in atmos.yaml", async () => {
  const files = {
    "/home/me/.git/HEAD": "",
    "/home/me/repo/cfg/atmos.d/tools/a.yaml": "a: !include shared.yaml\nb: !include beside.yaml .x\n",
    "/home/me/repo/cfg/atmos.d/tools/beside.yaml": "x: beside\n",
    "/home/me/repo/base/beside.yaml": "x: base\n",
    "/home/me/repo/base/shared.yaml": "x: base\n",
    "/home/me/shared.yaml": "x: repository\n",
  };
  const atPath = (path: string) => `/home/me/repo/cfg/atmos.yaml=base_path: ${path}\nc: !include 'shared.yaml .x'\n`;
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    [atPath("../base"), {}, "base"],
    [atPath("''"), {}, "repository"],
    [atPath("!env NONE"), {}, "repository"],
    [atPath("''"), { ATMOS_BASE_PATH: "/home/me/repo/base" }, "base"],
  ];
  for (const [file, env, x] of cases) {
    const [path, text] = [file.slice(0, file.indexOf("=")), file.slice(file.indexOf("=") + 1)];
    const { host } = configWorld({ files: { ...files, [path]: text }, env });
    const { root, problems } = await loadConfig(host, { ...NOTHING_NAMED, configDirectories: ["/home/me/repo/cfg"] });
    const { a, b, c } = plain(root) as Record<string, unknown>;
    assert.deepEqual({ a, b, c }, { a: { x }, b: "beside", c: x }, text);
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
  }
});

Deno.test("!include of the user's own file never falls back to a base_path elsewhere", async () => {
  const own = "/home/me/.atmos/atmos.yaml";
  const theirs = { "/home/me/repo/.git/HEAD": "", "/home/me/repo/x.yaml": "v: theirs\n" };
  for (const base of ["", "base_path: .\n", "base_path: /home/me/repo\n"]) {
    const files = { ...theirs, [own]: "a: !include x.yaml .v\n" };
    const { data, problems } = await evaluate(`${base}b: !include x.yaml .v\n`, { files });
    assert.deepEqual([data["a"], data["b"]], [null, "theirs"], base);
    assert.deepEqual(problems.map(({ message, place }) => [message, place.file]), [
      ['!include: there is no "/home/me/.atmos/x.yaml"', own],
    ]);
  }
  const files = { [own]: "import: [d/y.yaml]\nbase_path: .\n", "/home/me/.atmos/d/y.yaml": "a: !include x.yaml .v\n" };
  const { data } = await evaluate("b: 1\n", { files: { ...files, "/home/me/.atmos/x.yaml": "v: mine\n" } });
  assert.equal(data["a"], "mine");
});

Deno.test("!include of a .env file is its variables, under a merge key too; !include.raw is its text", async () => {
  const { data, root } = await evaluate("env:\n  <<: !include .env\n  B: own\nraw: !include.raw .env\n", {
    files: { "/home/me/repo/.env": "A=1\nexport B='b'\nC=\"$A c\"\n" },
  });
  assert.deepEqual(data, { env: { A: "1", B: "own", C: "1 c" }, raw: "A=1\nexport B='b'\nC=\"$A c\"\n" });
  assert.deepEqual(valueAt(root, ["env", "C"])?.place, { file: "/home/me/repo/.env", line: 3, column: 1 });
});

Deno.test("half of a surrogate pair is refused in YAML, and no character elsewhere", async () => {
  for (const text of ['a: "\\ud800"', '"\\ud800": a', 'a: ["\\udc00x"]']) {
    const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": `${text}\n` } });
    await assert.rejects(loadConfig(host, NOTHING_NAMED), { code: "config-invalid", message: /surrogate pair/ }, text);
  }
  const json = '{"k\\ud800": "a\\udfffb"}';
  const files = { "/home/me/repo/atmos.yaml": "a: !include x.json\n", "/home/me/repo/x.json": json };
  const { root } = await loadConfig(configWorld({ files }).host, NOTHING_NAMED);
  assert.deepEqual(plain(root), { a: { "k\ufffd": "a\ufffdb" } });
});

Deno.test("!append puts a list after the one that it is laid over", async () => {
  const { data } = await evaluate("import: [low.yaml, mid.yaml]\na: !append [!cwd , z]\nb: [n]\n", {
    files: {
      "/home/me/repo/low.yaml": "a: [x]\nb: [x]\nc: !append [x]\n",
      "/home/me/repo/mid.yaml": "a: !append [y]\nb: !append [y]\n",
    },
  });
  assert.deepEqual(data, { a: ["x", "y", "/home/me/repo", "z"], b: ["n"], c: ["x"] });
});

Deno.test("an unknown function is a problem that lists the known ones", async () => {
  const { data, problems } = await evaluate("a: {b.c: !store x}\nd: !env [x]\n");
  assert.deepEqual(data, { a: { "b.c": null }, d: null });
  assert.deepEqual(problems[0], {
    severity: "error",
    place: { file: FILE, line: 1, column: 10 },
    path: "a[b.c]",
    message:
      "!store: there is no such function; there are !cwd, !env, !exec, !include, !include.raw, !literal, !random, !repo-root",
  });
  assert.equal(problems.length, 2);
});

Deno.test("scalars keep their text; YAML's own tags are obeyed", async () => {
  const text =
    "a: 0600\nb: 0o600\nc: !!str 12\nd: !!float 3\ne: yes\nf: ! true\ng: !<tag:yaml.org,2002:str> null\nh: .inf\n";
  const { data, root } = await evaluate(text);
  assert.deepEqual(data, { a: 384, b: 384, c: "12", d: 3, e: "yes", f: "true", g: "null", h: Infinity });
  const texts = ["a", "b"].map((name) => (valueAt(root, [name]) as LocatedScalar).text);
  assert.deepEqual(texts, ["0600", "0o600"]);
});
