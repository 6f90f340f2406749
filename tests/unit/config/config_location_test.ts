import { equal } from "node:assert/strict";
import { configLocation } from "../../../src/config/config_location.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

const NONE = { configFiles: [], configDirectories: [] };

function world(cwd: string) {
  const files = new MemoryFiles();
  for (const one of ["/home", "/home/me", "/home/me/repo", "/home/me/repo/atmos.d", "/home/me/other"]) {
    files.directory(one);
  }
  files.put("/home/me/repo/atmos.yaml", "");
  files.put("/home/me/repo/dev.yaml", "");
  files.symlink("/home/me/link", { to: "/home/me/repo" });
  files.symlink("/home/me/other/atmos.yaml", { to: "/home/me/repo/atmos.yaml" });
  const read = { ...files.reader, cwd: () => cwd };
  return fakeHost({ env: { HOME: "/home/me" }, files: { read, write: files.writer } });
}

Deno.test("the directory of the strongest file, however it is reached; a file's name of its own counts", () => {
  const at = (cwd: string, configFiles: readonly string[] = []) => configLocation(world(cwd), { ...NONE, configFiles });
  equal(at("/home/me/repo"), "/home/me/repo");
  equal(at("/home/me/link"), "/home/me/repo");
  equal(at("/home/me", ["link/atmos.yaml"]), "/home/me/repo");
  equal(at("/home/me", ["repo/dev.yaml"]), "/home/me/repo/dev.yaml");
  equal(at("/home/me", ["link/dev.yaml"]), "/home/me/repo/dev.yaml");
  equal(at("/home/me"), undefined);
});

Deno.test("a link to another configuration's file lies where it lies", () => {
  equal(configLocation(world("/home/me/other"), NONE), "/home/me/other");
});
