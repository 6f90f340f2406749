import { equal } from "node:assert/strict";
import { configLocation } from "../../../src/config/config_location.ts";
import { mergeMaps } from "../../../src/config/values/make_located.ts";
import { locatedFrom } from "../../support/config/located_from.ts";
import type { LocatedMap } from "../../../src/config/values/located.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

const HOME = "/home/me";
const PERSONAL = `${HOME}/.atmos/atmos.yaml`;
const REPO = `${HOME}/repo/atmos.yaml`;

function world(cwd: string) {
  const files = new MemoryFiles();
  for (const one of ["", "/.atmos", "/repo", "/repo/atmos.d", "/other"]) {
    if (one === "") files.directory("/home");
    files.directory(`${HOME}${one}`);
  }
  for (const one of [PERSONAL, REPO, `${HOME}/repo/dev.yaml`]) files.put(one, "");
  files.symlink(`${HOME}/link`, { to: `${HOME}/repo` });
  files.symlink(`${HOME}/other/atmos.yaml`, { to: REPO });
  const read = { ...files.reader, cwd: () => cwd };
  return fakeHost({ env: { HOME }, uid: 1000, files: { read, write: files.writer } });
}

/** A configuration whose logins are what these files say. */
function root(...files: readonly string[]): LocatedMap {
  const at = (file: string) => ({ file, line: 1, column: 1 });
  const map = (entries: LocatedMap["entries"], file: string): LocatedMap => ({ kind: "map", place: at(file), entries });
  const scalars = files.map((file, index) =>
    [`k${index}`, { key: at(file), value: { kind: "scalar", place: at(file), value: "x", text: "x" } }] as const
  );
  const [first = REPO] = files;
  return map(new Map([["auth", { key: at(first), value: map(new Map(scalars), first) }]]), first);
}

function located(cwd: string, { configFiles = [] as readonly string[], files = [REPO] as readonly string[] } = {}) {
  return configLocation(world(cwd), { configFiles, configDirectories: [], root: root(...files) });
}

Deno.test("the directory of the strongest file, however it is reached; a file's name of its own counts", () => {
  equal(located(`${HOME}/repo`), `${HOME}/repo`);
  equal(located(`${HOME}/link`), `${HOME}/repo`);
  equal(located(HOME, { configFiles: ["link/atmos.yaml"] }), `${HOME}/repo`);
  equal(located(HOME, { configFiles: ["repo/dev.yaml"] }), `${HOME}/repo/dev.yaml`);
  equal(located(HOME, { configFiles: ["link/dev.yaml"] }), `${HOME}/repo/dev.yaml`);
});

Deno.test("a link to another configuration's file lies where it lies", () => {
  equal(located(`${HOME}/other`), `${HOME}/other`);
});

Deno.test("logins that the user's own files and variables alone describe are the user's, in every repository", () => {
  for (const cwd of [`${HOME}/repo`, `${HOME}/other`, HOME]) {
    equal(located(cwd, { files: [PERSONAL] }), `${HOME}/.atmos`, cwd);
    equal(located(cwd, { files: [PERSONAL, "ATMOS_AUTH_REALM"] }), `${HOME}/.atmos`, cwd);
  }
  equal(located(`${HOME}/repo`, { files: [PERSONAL, REPO] }), `${HOME}/repo`, "one value of the repository is enough");
});

Deno.test("sections without an entry say nothing of logins, nor does what is logged", () => {
  const of = (clone: string) => {
    const [own, more] = [
      locatedFrom("auth: {realm: mine, identities: {x: {kind: aws/ambient}}}\n", PERSONAL),
      locatedFrom(clone, REPO),
    ];
    return configLocation(world(`${HOME}/repo`), {
      configFiles: [],
      configDirectories: [],
      root: mergeMaps(own, more),
    });
  };
  for (const clone of ["auth: {}\n", "auth: {identities: {}}\n", "auth: {keyring: {}, logs: {level: Info}}\n"]) {
    equal(of(clone), `${HOME}/.atmos`, clone);
  }
  for (
    const clone of [
      "auth: {identities: {y: {}}}\n",
      "auth: {identities: {x: null}}\n",
      "auth: {realm: null}\n",
      "auth: null\n",
    ]
  ) {
    equal(of(clone), `${HOME}/repo`, clone);
  }
});
