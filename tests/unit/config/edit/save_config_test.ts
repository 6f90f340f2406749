import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { ConfigEdit } from "../../../../src/config/edit/edit_config.ts";
import { previewConfig, saveConfig } from "../../../../src/config/edit/save_config.ts";
import { AppError } from "../../../../src/errors.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { Stopped } from "../../../support/host/memory_effects.ts";

const PATH = "/home/me/repo/atmos.yaml";
const OLD = "# mine\nauth:\n  identities:\n    a: {kind: aws/ambient}\n";
const edit: ConfigEdit = {
  values: { auth: { identities: { b: { kind: "aws/ambient" } } } },
  comments: [],
  header: ["New"],
};

function world(text?: string) {
  const files = new MemoryFiles();
  for (const path of ["/home", "/home/me", "/home/me/repo"]) files.directory(path);
  if (text !== undefined) files.put(PATH, text, { mode: 0o644 });
  const host = fakeHost({ env: { HOME: "/home/me" }, uid: 1000, files: { read: files.reader, write: files.writer } });
  return { files, host };
}

for (const old of [undefined, OLD]) {
  const name = old === undefined ? "a new file" : "a file that is there";
  Deno.test(`saveConfig: ${name}: what a preview said, and no other file is left beside it`, async () => {
    const { files, host } = world(old);
    const { before, after } = await previewConfig(host, { path: PATH, edit });
    equal(before, old);
    equal(files.text(PATH), old);
    await saveConfig(host, { path: PATH, edit });
    equal(files.text(PATH), after);
    deepEqual(host.read.list("/home/me/repo"), ["atmos.yaml"]);
    if (old !== undefined) equal(host.read.stat(PATH)!.mode, 0o644);
    const { ino } = host.read.stat(PATH)!;
    await saveConfig(host, { path: PATH, edit });
    equal(host.read.stat(PATH)!.ino, ino, "the same is not written again");
  });

  Deno.test(`saveConfig: ${name}: whichever effect fails, or is the last, the file is old or new, whole`, async () => {
    const dry = world(old);
    const { after } = await previewConfig(dry.host, { path: PATH, edit });
    await saveConfig(dry.host, { path: PATH, edit });
    for (const way of ["failAt", "stopAt"] as const) {
      for (let n = 1; n <= dry.files.effects; n++) {
        const { files, host } = world(old);
        way === "failAt" ? files.failAt(n, "no-space") : files.stopAt(n);
        const isExpected = (error: unknown) => ok(error instanceof AppError || error instanceof Stopped, String(error));
        await saveConfig(host, { path: PATH, edit }).catch(isExpected);
        ok([old, after].includes(files.text(PATH)), `${way} ${n}`);
        files.restart();
        await saveConfig(host, { path: PATH, edit });
        equal(files.text(PATH), after, `the run after ${way} ${n} failed`);
      }
    }
  });
}

Deno.test("saveConfig: what cannot be edited has its place, what cannot be written its reason, and nothing is changed", async () => {
  const bad = "auth: !include auth.yaml\n";
  const { files, host } = world(bad);
  const refused = {
    code: "config-invalid",
    place: { file: PATH, line: 1, column: 7 },
    hint: /The file was not changed/,
  };
  await rejects(saveConfig(host, { path: PATH, edit }), refused);
  await rejects(previewConfig(host, { path: PATH, edit }), refused);
  equal(files.text(PATH), bad);
  const closed = world();
  closed.files.close("/home/me/repo", "read-only");
  const unwritable = { code: "config-write", hint: /--config FILE|writable|read-only/ };
  await rejects(saveConfig(closed.host, { path: PATH, edit }), unwritable);
});
