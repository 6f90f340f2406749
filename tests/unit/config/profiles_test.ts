import assert from "node:assert/strict";
import { makeMap } from "../../../src/config/values/make_located.ts";
import { profileDirectory, profileNames } from "../../../src/config/profiles.ts";
import { configWorld } from "../../support/config/config_files.ts";

const ROOT = makeMap([], { file: "/r/atmos.yaml", line: 1, column: 1 });

Deno.test("the first place that has the profile wins", () => {
  const files = {
    "/r/profiles/a/x.yaml": "",
    "/home/me/.config/atmos/profiles/a/x.yaml": "",
    "/r/profiles/b/x.yaml": "",
  };
  const { host, disk } = configWorld({ files });
  const find = (name: string) => profileDirectory(host, { profile: { name }, from: { root: ROOT, directory: "/r" } });
  assert.equal(find("a"), "/home/me/.config/atmos/profiles/a");
  assert.equal(find("b"), "/r/profiles/b");
  disk.put("/r/.atmos/profiles/a/x.yaml", "");
  assert.equal(find("a"), "/r/.atmos/profiles/a");
});

Deno.test("without a similar name, all are listed, or the way to make one", () => {
  const hint = (files: Record<string, string>) => {
    const { host } = configWorld({ files });
    const from = { root: ROOT, directory: "/r" };
    try {
      return profileDirectory(host, { profile: { name: "production" }, from });
    } catch (error) {
      return (error as { hint?: string }).hint;
    }
  };
  assert.equal(hint({ "/r/profiles/b/x.yaml": "", "/r/profiles/a/x.yaml": "" }), "Available: a, b");
  assert.equal(hint({}), "Make a directory /r/.atmos/profiles/production with YAML files in it");
});

Deno.test("the names of all places, each once", () => {
  const files = {
    "/r/profiles/b/x.yaml": "",
    "/r/.atmos/profiles/a/x.yaml": "",
    "/home/me/.config/atmos/profiles/b/x.yaml": "",
    "/r/profiles/no-directory.yaml": "",
  };
  const from = { root: ROOT, directory: "/r" };
  assert.deepEqual(profileNames(configWorld({ files }).host, from), ["a", "b"]);
});
