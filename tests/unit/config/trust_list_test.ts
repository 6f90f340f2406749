import assert from "node:assert/strict";
import { loadConfig } from "../../../src/config/load_config.ts";
import { isTrusted, trustFiles } from "../../../src/config/trust_list.ts";
import { configWorld, NOTHING_NAMED, plain } from "../../support/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";
const LIST = "/home/me/.local/state/atmos/trusted.json";
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a trusted file is used until it changes, or lies elsewhere", async () => {
  const run = [{ status: 0, stdout: "1", stderr: "" }];
  const { host, disk } = configWorld({ files: { [FILE]: "a: !exec x" }, run });
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: !exec x") }), false);
  assert.equal(await trustFiles(host, [FILE]), LIST);
  assert.deepEqual(plain((await loadConfig(host, NOTHING_NAMED)).root), { a: "1" });
  assert.equal(disk.reader.stat(LIST)?.mode, 0o600);
  assert.equal(disk.reader.stat("/home/me/.local/state/atmos")?.mode, 0o700);
  assert.equal(await isTrusted(host, { path: "/home/me/other.yaml", bytes: bytes("a: !exec x") }), false);
  disk.put(FILE, "a: !exec y");
  await assert.rejects(loadConfig(host, NOTHING_NAMED), /not trusted/);
});

Deno.test("trusting one more file keeps the others", async () => {
  const { host } = configWorld({ files: { [FILE]: "a: 1", "/home/me/b.yaml": "b: 1" } });
  await trustFiles(host, [FILE]);
  await trustFiles(host, ["/home/me/b.yaml"]);
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), true);
  assert.equal(await isTrusted(host, { path: "/home/me/b.yaml", bytes: bytes("b: 1") }), true);
});

Deno.test("a list that others may write to, or that is broken, is refused", async () => {
  for (const [text, mode] of [["{}", 0o620], ["{}", 0o602], ["{", 0o600], ["null", 0o600]] as const) {
    const { host, disk } = configWorld({ files: { [FILE]: "a: 1" } });
    disk.put(LIST, text, { mode });
    await assert.rejects(isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), /Cannot use list of trusted files/);
    await assert.rejects(trustFiles(host, [FILE]), /Cannot use list of trusted files/);
  }
});

Deno.test("without HOME nothing can be trusted", async () => {
  const { host } = configWorld({ files: { [FILE]: "a: 1" }, env: { HOME: "" } });
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), false);
  await assert.rejects(trustFiles(host, [FILE]), /HOME is not set/);
});
