import { deepEqual } from "node:assert/strict";
import { configFlags } from "../../../../src/cli/provision/config_flags.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const NONE = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };

function world(...paths: readonly string[]) {
  const files = new MemoryFiles();
  for (const path of ["/home", "/home/me", "/more"]) files.directory(path);
  if (paths.some((path) => path.startsWith("/atmos.d/"))) files.directory("/atmos.d");
  for (const path of paths) files.put(path, "");
  return fakeHost({ env: { HOME: "/home/me" }, files: { read: files.reader, write: files.writer } });
}

Deno.test("what was found by looking is named, and the profiles that were laid over it", () => {
  const host = world("/atmos.yaml");
  deepEqual(configFlags(host, { globals: NONE, config: { profiles: ["ci"] } }), [
    "--config=/atmos.yaml",
    "--config-profile=ci",
  ]);
});

Deno.test("what was named from here is named from anywhere", () => {
  const host = world("/more/atmos.yaml", "/own.yaml");
  const globals = { ...NONE, "config": ["own.yaml"], "config-path": ["more"], "base-path": "x" };
  deepEqual(configFlags(host, { globals, config: { profiles: [] } }), [
    "--config=/own.yaml",
    "--config=/more/atmos.yaml",
    "--base-path=/x",
  ]);
});

Deno.test("an atmos.d without an atmos.yaml is found again from where it lies", () => {
  const host = world("/atmos.d/team.yaml");
  deepEqual(configFlags(host, { globals: NONE, config: { profiles: [] } }), ["--chdir=/"]);
});

Deno.test("without a configuration there is nothing to name", () => {
  deepEqual(configFlags(world(), { globals: NONE, config: { profiles: [] } }), []);
});
