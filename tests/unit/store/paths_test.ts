import assert from "node:assert/strict";
import type { Needs } from "../../../src/host/host.ts";
import {
  basename,
  configHome,
  dirname,
  expandHome,
  isAbsolute,
  join,
  normalize,
  pathListSeparator,
  resolve,
  stateHome,
} from "../../../src/store/paths.ts";
import { fakeHost } from "../../support/host/fake_host.ts";

function env(values: Record<string, string>): Needs<"env"> {
  return { env: { get: (name) => values[name] || undefined, all: () => values } };
}

function table(name: string, { act, rows }: { act: (path: string) => unknown; rows: Record<string, unknown> }): void {
  for (const [path, expected] of Object.entries(rows)) {
    Deno.test(`${name} of ${JSON.stringify(path)}`, () => assert.equal(act(path), expected));
  }
}

table("normalize", {
  act: normalize,
  rows: {
    "": ".",
    ".": ".",
    "/": "/",
    "//": "/",
    "/a//b/./c/": "/a/b/c",
    "/..": "/",
    "/../a": "/a",
    "a/..": ".",
    "../a": "../a",
    "../../a/../b": "../../b",
    "a/b/../../..": "..",
    "a\\b": "a\\b",
    "C:\\Users\\me\\..\\you": "C:/Users/you",
    "C:/": "C:/",
    "C:": "C:/",
    "C:/..": "C:/",
  },
});

table("dirname", {
  act: dirname,
  rows: { "/a/b": "/a", "/a": "/", "/": "/", "a": ".", "a/b/": "a", "../a": "..", "C:\\a": "C:/", "C:\\a\\b": "C:/a" },
});

table("basename", {
  act: basename,
  rows: { "/a/b": "b", "/a": "a", "/": "", "a": "a", "a/b/": "b", "C:\\a\\b": "b", "C:\\": "" },
});

table("isAbsolute", {
  act: isAbsolute,
  rows: { "/a": true, "a": false, "": false, "./a": false, "C:\\a": true, "C:/a": true, "C:a": false },
});

Deno.test("join skips empty parts", () => {
  assert.equal(join("/a", "", "b", "../c"), "/a/c");
  assert.equal(join("", ""), ".");
  assert.equal(join("a", "/b"), "a/b");
});

Deno.test("resolve keeps absolute paths and puts others below the directory", () => {
  assert.equal(resolve("/base", "a/../b"), "/base/b");
  assert.equal(resolve("/base", "/x/"), "/x");
  assert.equal(resolve("/base", ""), "/base");
  assert.equal(resolve("C:/work", "..\\x"), "C:/x");
});

Deno.test("expandHome replaces only a leading tilde of one's own", () => {
  const host = env({ HOME: "/home/me" });
  assert.equal(expandHome(host, "~"), "/home/me");
  assert.equal(expandHome(host, "~/.kube/config"), "/home/me/.kube/config");
  assert.equal(expandHome(host, "~you/x"), "~you/x");
  assert.equal(expandHome(host, "a/~/b"), "a/~/b");
  assert.equal(expandHome(env({}), "~/x"), undefined);
  assert.equal(expandHome(env({}), "/x"), "/x");
});

Deno.test("a relative HOME is none", () => {
  for (const HOME of [".", "../x", "x"]) {
    const host = env({ HOME });
    assert.deepEqual([expandHome(host, "~/x"), configHome(host), stateHome(host)], [undefined, undefined, undefined]);
  }
  assert.equal(expandHome(env({ HOME: ".", USERPROFILE: "/u" }), "~/x"), "/u/x");
});

Deno.test("configHome: our variable, then XDG's, then ~/.config; relative values are ignored", () => {
  const home = { HOME: "/home/me" };
  assert.equal(configHome(env({ ...home, ATMOS_XDG_CONFIG_HOME: "/a/", XDG_CONFIG_HOME: "/x" })), "/a");
  assert.equal(configHome(env({ ...home, XDG_CONFIG_HOME: "/x" })), "/x");
  assert.equal(configHome(env({ ...home, ATMOS_XDG_CONFIG_HOME: "a", XDG_CONFIG_HOME: "/x" })), "/x");
  assert.equal(configHome(env({ ...home, XDG_CONFIG_HOME: "x" })), "/home/me/.config");
  assert.equal(configHome(env(home)), "/home/me/.config");
  assert.equal(configHome(env({ USERPROFILE: "C:\\Users\\me" })), "C:/Users/me/.config");
  assert.equal(configHome(env({})), undefined);
});

Deno.test("stateHome follows the same rules", () => {
  assert.equal(stateHome(env({ HOME: "/home/me" })), "/home/me/.local/state");
  assert.equal(stateHome(env({ XDG_STATE_HOME: "/s" })), "/s");
});

Deno.test("pathListSeparator: as each system has it in PATH", () => {
  const systems = ["linux", "darwin", "other", "windows"] as const;
  assert.deepEqual(systems.map((os) => pathListSeparator(fakeHost({ os }))), [":", ":", ":", ";"]);
});
