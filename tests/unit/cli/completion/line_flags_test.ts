import { deepEqual, equal } from "node:assert/strict";
import { flagAt } from "../../../../src/cli/completion/cursor.ts";
import { lineFlags } from "../../../../src/cli/completion/line_flags.ts";
import { GLOBAL_FLAGS } from "../../../../src/cli/args/global_flags.ts";
import { configWorld } from "../../../support/config/config_files.ts";

function flags(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const given = words.map((word) => flagAt(GLOBAL_FLAGS, [word])!);
  return lineFlags(configWorld({ env }).host, given);
}

Deno.test("line flags: what is typed, lists in one", () => {
  deepEqual(flags(["--config=a,b", "--config=c", "--base-path=x", "-C=sub", "--identity=me", "--verbose"]), {
    "config": ["a", "b", "c"],
    "chdir": "/home/me/repo/sub",
    "config-path": [],
    "config-profile": [],
    "base-path": "x",
  });
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
