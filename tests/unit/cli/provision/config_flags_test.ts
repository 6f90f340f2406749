import { dirname } from "../../../../src/store/paths.ts";
import { deepEqual } from "node:assert/strict";
import { configFlags } from "../../../../src/cli/provision/config_flags.ts";
import { OwnFiles } from "../../../../src/config/own_changes.ts";
import { filesIn } from "../../../../src/config/values/files_in.ts";
import { makeMap, mergeMaps } from "../../../../src/config/values/make_located.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const OWN = "/home/me/.atmos/atmos.yaml";
const NONE = { "config": [], "config-path": [], "config-profile": [], "base-path": undefined };

function world(paths: readonly string[], cwd = "/") {
  const files = new MemoryFiles();
  const above = (path: string): readonly string[] => path === "/" ? [] : [...above(dirname(path)), path];
  for (const path of ["/home/me", "/more", ...paths.map(dirname)].flatMap(above)) files.directory(path);
  for (const path of paths) files.put(path, "");
  const read = { ...files.reader, cwd: () => cwd };
  return fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read, write: files.writer } });
}

interface Says {
  /** The files that say something of logins. */
  readonly auth?: readonly string[];
  readonly profiles?: readonly string[];
  readonly files?: readonly string[];
}

function config({ auth = [], profiles = [], files = [] }: Says = {}, host = world([])) {
  const said = auth.map((file, at) => locatedFrom(`auth: {providers: {p${at}: {}}}`, file));
  const root = said.reduce(mergeMaps, makeMap([], { file: OWN, line: 1, column: 1 }));
  return { profiles, root, files: [...filesIn(root), ...files], directory: "/", ownFiles: new OwnFiles(host) };
}

Deno.test("what was found by looking is named, and the profiles that were laid over it", () => {
  const host = world(["/atmos.yaml"]);
  deepEqual(configFlags(host, { globals: NONE, config: config({ profiles: ["ci"] }) }), [
    "--config=/atmos.yaml",
    "--config-profile=ci",
  ]);
});

Deno.test("what was named from here is named from anywhere", () => {
  const host = world(["/more/atmos.yaml", "/own.yaml"]);
  const globals = { ...NONE, "config": ["own.yaml"], "config-path": ["more"], "base-path": "x" };
  deepEqual(configFlags(host, { globals, config: config() }), [
    "--config=/own.yaml",
    "--config=/more/atmos.yaml",
    "--base-path=/x",
  ]);
});

Deno.test("an atmos.d without an atmos.yaml is found again from where it lies", () => {
  const host = world(["/atmos.d/team.yaml"]);
  deepEqual(configFlags(host, { globals: NONE, config: config({ files: ["/atmos.d/team.yaml"] }) }), ["--chdir=/"]);
});

Deno.test("without a configuration there is nothing to name", () => {
  deepEqual(configFlags(world([]), { globals: NONE, config: config() }), []);
});

/** What may lie in a clone and say nothing of logins. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  "no configuration": [],
  "an atmos.yaml": ["/clone/atmos.yaml"],
  "an atmos.yaml in a directory": ["/clone/sub/atmos.yaml"],
  "an atmos.d": ["/clone/atmos.d/x.yaml"],
  "profiles": ["/clone/.atmos/profiles/ci/x.yaml"],
};

for (const [what, lies] of Object.entries(SILENT)) {
  for (const cwd of ["/clone", "/clone/sub"]) {
    Deno.test(`logins of the user's own in ${cwd}, beside ${what}, name the user's own files alone`, () => {
      const host = world([OWN, "/clone/.git/HEAD", "/clone/sub/x", ...lies], cwd);
      deepEqual(configFlags(host, { globals: NONE, config: config({ auth: [OWN], files: lies }) }), [
        `--config=${OWN}`,
      ]);
    });
  }
}

Deno.test("logins of which a clone says something name its files, too", () => {
  const host = world([OWN, "/clone/atmos.yaml"], "/clone");
  deepEqual(configFlags(host, { globals: NONE, config: config({ auth: [OWN, "/clone/atmos.yaml"] }) }), [
    `--config=${OWN}`,
    "--config=/clone/atmos.yaml",
  ]);
});

Deno.test("logins of the user's own name the user's own profiles, and none of a clone", () => {
  const own = "/home/me/.config/atmos/profiles/mine/x.yaml";
  const host = world([OWN, own, "/clone/profiles/ci/x.yaml", "/clone/atmos.yaml"], "/clone");
  const said = { ...config({ auth: [OWN], profiles: ["mine", "ci"] }, host), directory: "/clone" };
  deepEqual(configFlags(host, { globals: NONE, config: said }), [`--config=${OWN}`, "--config-profile=mine"]);
});
