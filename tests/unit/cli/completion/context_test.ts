import { deepEqual, equal } from "node:assert/strict";
import { flagAt } from "../../../../src/cli/completion/cursor.ts";
import { quietConfig } from "../../../../src/cli/completion/configured_names.ts";
import { lineFlags } from "../../../../src/cli/completion/context.ts";
import { GLOBAL_FLAGS, type Globals } from "../../../../src/cli/args/global_flags.ts";
import { definition } from "../../../../src/cli/commands/complete/command.ts";
import { REGISTRY } from "../../../../src/cli/registry.ts";
import { narrowHost } from "../../../../src/host/refusing_ports.ts";
import { configWorld } from "../../../support/config/config_files.ts";
import { textAt } from "../../../../src/config/values/look_up.ts";

function flags(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const given = words.map((word) => flagAt(GLOBAL_FLAGS, [word])!);
  return lineFlags(configWorld({ env }).host, { given });
}

Deno.test("line flags: what is typed, lists in one", () => {
  deepEqual(flags(["--config=a,b", "--config=c", "--base-path=x", "-C=sub", "--identity=me", "--verbose"]), {
    "config": ["a", "b", "c"],
    "chdir": "/home/me/repo/sub",
    "config-path": [],
    "config-profile": [],
    "base-path": "x",
    "identity": "me",
  });
  equal(flags(["--identity"], { ATMOS_IDENTITY: "other" }).identity, "other");
  equal(flags([]).identity, undefined);
});

Deno.test("line flags: the environment where nothing is typed", () => {
  const env = { ATMOS_CONFIG: "e.yaml", ATMOS_CHDIR: "/d", ATMOS_BASE_PATH: "/b" };
  deepEqual(flags([], env).config, ["e.yaml"]);
  equal(flags([], env).chdir, "/d");
  equal(flags(["--base-path=/x"], env)["base-path"], "/x");
});

Deno.test("line flags: ~ and variables stand as they are typed, and mean what the shell makes of them", () => {
  equal(flags(["-C=~/x"]).chdir, "/home/me/x");
  deepEqual(flags(["--config=$A/${B}/$NOT"], { A: "/a", B: "b" }).config, ["/a/b/$NOT"]);
});

const GLOBALS = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };

Deno.test("quiet config: what needs trust is read, and nothing that it names is run", async () => {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": "name: here\nsecret: !exec rm -rf /\n" } });
  // As the app hands it over: complete always does without programs.
  const { needs, unneeded } = definition(REGISTRY);
  const input = { flags: {}, globals: {} as Globals, args: [] };
  const narrow = narrowHost(host, { needs, unneeded: unneeded?.(host, input) ?? [], onSkip: () => {} });
  const { root } = await quietConfig(narrow, GLOBALS);
  deepEqual([textAt(root, ["name"]), textAt(root, ["secret"])], ["here", undefined]);
  deepEqual(host.seen.runs, []);
});

Deno.test("quiet config: files, directories, profiles and the base path are those of the flags", async () => {
  const files = {
    "/a/one.yaml": "a: 1",
    "/b/atmos.yaml": "b: 2",
    "/b/profiles/p/p.yaml": "p: 3",
  };
  const globals = { "config": ["/a/one.yaml"], "config-path": ["/b"], "config-profile": [" p "], "base-path": "/base" };
  const { root, basePath } = await quietConfig(configWorld({ files }).host, globals);
  deepEqual(["a", "b", "p"].map((name) => textAt(root, [name])), ["1", "2", "3"]);
  equal(basePath, "/base");
});
