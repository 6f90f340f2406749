import { nameCommand, remedy } from "../../../../../src/remedy.ts";
import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import {
  binCandidates,
  binDirectory,
  helperName,
  isOfTree,
  launcherIsAt,
  launcherName,
  launcherText,
  removeLauncher,
  treeDigest,
  writeLauncher,
} from "../../../../../src/cli/commands/aws_ecr_configure/launcher.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../../support/host/memory_files.ts";

const SELF = { command: "/opt/my tools/atmos", args: [] };

function world(env: Readonly<Record<string, string>> = {}) {
  const files = new MemoryFiles();
  for (const path of ["/home", "/home/me", "/home/me/tools", "/usr", "/usr/bin"]) files.directory(path);
  const host = fakeHost({ env: { HOME: "/home/me", ...env }, files: { read: files.reader, write: files.writer } });
  return { files, host };
}

Deno.test("the program starts this one with the same configuration, whatever its path looks like", () => {
  equal(
    launcherText({ os: "linux", self: SELF, flags: ["--chdir", "/it's here"], identity: undefined }),
    "#!/bin/sh\n# Written by: atmos aws ecr configure\n" +
      `exec '/opt/my tools/atmos' --chdir '/it'"'"'s here' docker-credential "$@"\n`,
  );
  equal(
    launcherText({ os: "linux", self: { command: "atmos", args: ["x"] }, flags: [], identity: "ops" }),
    "#!/bin/sh\n# Written by: atmos aws ecr configure\nunset ATMOS_IDENTITY\n" +
      'exec atmos x --identity ops docker-credential "$@"\n',
  );
});

Deno.test("on Windows it is a .cmd file, which docker finds by PATHEXT", () => {
  const self = { command: "C:\\Program Files\\atmos.exe", args: [] };
  const words = { os: "windows", self, flags: ["--config=C:/100%/atmos.yaml", "x\\"] } as const;
  equal(
    launcherText({ ...words, identity: undefined }),
    "@rem Written by: atmos aws ecr configure\r\n" +
      '@"C:\\Program Files\\atmos.exe" "--config=C:/100%%/atmos.yaml" "x\\\\" "docker-credential" %*\r\n',
  );
  equal(
    launcherText({ ...words, flags: [], identity: "ops/a & b" }),
    '@rem Written by: atmos aws ecr configure\r\n@set "ATMOS_IDENTITY="\r\n' +
      '@"C:\\Program Files\\atmos.exe" "--identity" "ops/a & b" "docker-credential" %*\r\n',
  );
  deepEqual([launcherName("windows", "atmos"), launcherName("darwin", "atmos-x")], [
    "docker-credential-atmos.cmd",
    "docker-credential-atmos-x",
  ]);
  const hint = remedy`Log in instead: ${nameCommand("aws", "ecr", "login")}`;
  for (const identity of ["jörg", 'a"b', "a\nb"]) {
    throws(() => launcherText({ ...words, identity }), { code: "usage", hint });
  }
});

Deno.test("it is written for its owner alone, again over itself, and never over something else", async () => {
  const { files, host } = world();
  const path = "/home/me/bin/docker-credential-atmos";
  await writeLauncher(host, { path, text: launcherText({ os: "linux", self: SELF, flags: [], identity: undefined }) });
  equal(host.read.stat(path)!.mode, 0o700);
  const text = launcherText({ os: "linux", self: SELF, flags: ["--chdir", "/x"], identity: undefined });
  await writeLauncher(host, { path, text });
  equal(files.text(path), text);
  equal(removeLauncher(host, path), true);
  equal(removeLauncher(host, path), false);
  files.put(path, "#!/bin/sh\necho mine\n");
  await rejects(writeLauncher(host, { path, text }), { code: "docker-config", message: /another file is there/ });
  deepEqual([launcherIsAt(host, path), removeLauncher(host, path), files.text(path)], [
    false,
    false,
    "#!/bin/sh\necho mine\n",
  ]);
  files.put("/home/me/tools/bytes", "\n\u{fffd}");
  await rejects(writeLauncher(host, { path: "/home/me/tools", text }), { code: "docker-config", message: /directory/ });
});

Deno.test("it is known again by its beginning, wherever that is cut", async () => {
  const { host } = world();
  const path = "/home/me/bin/docker-credential-atmos";
  for (const flag of [`${"é".repeat(99)}`, `x${"é".repeat(99)}`]) {
    await writeLauncher(host, {
      path,
      text: launcherText({ os: "linux", self: SELF, flags: [flag], identity: "ops" }),
    });
    equal(launcherIsAt(host, path), true);
  }
  await writeLauncher(host, {
    path,
    text: launcherText({ os: "windows", self: SELF, flags: [], identity: undefined }),
  });
  equal(launcherIsAt(host, path), true);
});

Deno.test("where it goes: the directory given, a usual one on PATH, one of one's own on PATH, ~/.local/bin", () => {
  const where = (path: string, given?: string) => binDirectory(world({ PATH: path }).host, given);
  deepEqual(where("/usr/bin", "~/tools"), { path: "/home/me/tools", onPath: false });
  deepEqual(where("/home/me/tools/", "/home/me/tools"), { path: "/home/me/tools", onPath: true });
  deepEqual(where("/usr/bin:/home/me/tools:/home/me/bin"), { path: "/home/me/bin", onPath: true });
  deepEqual(where("/usr/bin:/home/me/gone:/home/me/tools"), { path: "/home/me/tools", onPath: true });
  deepEqual(where("/usr/bin:relative"), { path: "/home/me/.local/bin", onPath: false });
  const windows = { ...world({ HOME: "C:/Users/me", PATH: "C:/x;C:/Users/me/bin" }).host };
  deepEqual(binDirectory({ ...windows, sys: { ...windows.sys, os: "windows" } }, undefined), {
    path: "C:/Users/me/bin",
    onPath: true,
  });
  deepEqual(binCandidates(world({ PATH: "/usr/bin:/home/me/bin" }).host, undefined), [
    "/usr/bin",
    "/home/me/bin",
    "/home/me/.local/bin",
  ]);
});

Deno.test("an identity's own program has a name that no other identity's has", async () => {
  equal(await helperName(undefined), "atmos");
  equal(await helperName("Ops"), "atmos-ops");
  const [slash, dash] = [await helperName("ops/a"), await helperName("ops a")];
  deepEqual([slash === dash, /^atmos-ops-a-[0-9a-f]{8}$/.test(slash)], [false, true]);
});

Deno.test("a program is of a configuration by sixteen digits; by eight where it would be written the same", async () => {
  const tree = await treeDigest("/home/me/repo/atmos.yaml");
  match(tree, /^[0-9a-f]{16}$/);
  const self = { command: "/opt/atmos", args: [] };
  const text = (said: string, more: readonly string[] = []) =>
    launcherText({ os: "linux", self, flags: ["-C", "/home/me/repo", ...more], identity: "dev", tree: said });
  const wanted = text(tree);
  const eight = tree.slice(0, 8);
  for (
    const [found, isOwn, isOwnAlone] of [
      [wanted, true, true],
      [text(`${eight}ffffffff`), false, false],
      [text(eight), true, true],
      [text(eight, ["--logs-level", "off"]), false, true],
      [text("ffffffff"), false, false],
      [text("ffffffff", ["--logs-level", "off"]), false, false],
    ] as const
  ) {
    equal(isOfTree(found, { tree, wanted }), isOwn, found);
    equal(isOfTree(found, { tree }), isOwnAlone, found);
  }
});
