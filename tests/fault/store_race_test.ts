import assert from "node:assert/strict";
import { runChild, tempFolder } from "./store_process.ts";

const WRITERS = 50;

Deno.test(`${WRITERS} processes add a line to one file at once: ${WRITERS} lines, every status 0`, async () => {
  using folder = tempFolder();
  const path = `${folder.path}/config`;
  Deno.writeTextFileSync(path, "first\n", { mode: 0o600 });
  const names = Array.from({ length: WRITERS }, (_, n) => `line-${n}`);
  const results = await Promise.all(names.map((name) => runChild(["append", path, name])));
  assert.deepEqual(results.filter(({ status }) => status !== 0), []);
  const lines = Deno.readTextFileSync(path).trimEnd().split("\n");
  assert.equal(lines[0], "first");
  assert.deepEqual(lines.slice(1).sort(), names.sort());
  assert.deepEqual([...Deno.readDirSync(folder.path)].map(({ name }) => name).sort(), ["config", "config.atmos-lock"]);
});
