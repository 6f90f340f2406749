import { deepEqual, equal } from "node:assert/strict";
import { quietConfig } from "../../../../src/cli/completion/quiet_config.ts";
import { textAt } from "../../../../src/config/values/look_up.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const GLOBALS = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };

Deno.test("quiet config: what needs trust is read, and nothing that it names is run", async () => {
  const { host } = configWorld({ files: { "/home/me/repo/atmos.yaml": "name: here\nsecret: !exec rm -rf /\n" } });
  const { root } = await quietConfig(host, GLOBALS);
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
