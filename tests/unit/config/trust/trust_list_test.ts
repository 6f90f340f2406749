import assert from "node:assert/strict";
import { forgetFiles, type TrustedPower, trustedPowers, trustPowers } from "../../../../src/config/trust/trust_list.ts";
import { trustListPath } from "../../../../src/config/trust/trusted_places.ts";
import { configWorld } from "../../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";
const OTHER_FILE = "/home/me/b.yaml";
const LIST = "/home/me/.local/state/atmos/trusted.json";

function trusted(more: Partial<TrustedPower> = {}): TrustedPower {
  return { file: FILE, hash: "1", path: "a", line: 1, column: 4, value: "!exec x", ...more };
}

Deno.test("what was trusted is listed, in a file and a directory that are the user's alone", async () => {
  const { host, disk } = configWorld({});
  assert.deepEqual(trustedPowers(host), []);
  assert.equal(trustListPath(host), LIST);
  assert.equal(await trustPowers(host, [trusted()]), LIST);
  assert.deepEqual(trustedPowers(host), [trusted()]);
  assert.equal(disk.reader.stat(LIST)?.mode, 0o600);
  assert.equal(disk.reader.stat("/home/me/.local/state/atmos")?.mode, 0o700);
  assert.equal(JSON.parse(disk.text(LIST)!).version, 2);
});

Deno.test("trust in one more setting keeps the others; of the same setting the new value replaces the old one", async () => {
  const { host } = configWorld({});
  const others = [trusted({ file: OTHER_FILE }), trusted({ path: "b" }), trusted({ line: 2 }), trusted({ column: 9 })];
  await trustPowers(host, [trusted(), ...others]);
  const changed = trusted({ hash: "2", value: "!exec y" });
  await trustPowers(host, [changed]);
  assert.deepEqual(trustedPowers(host), [...others, changed]);
});

Deno.test("files are forgotten with all their settings", async () => {
  const { host, disk } = configWorld({});
  await trustPowers(host, [trusted(), trusted({ path: "b" }), trusted({ file: OTHER_FILE })]);
  assert.equal(await forgetFiles(host, [FILE, "/home/me/c.yaml"]), LIST);
  assert.deepEqual(trustedPowers(host), [trusted({ file: OTHER_FILE })]);
  assert.equal(disk.reader.stat(LIST)?.mode, 0o600);
});

Deno.test("a list of version 1 counts for nothing, and the next trust replaces it", async () => {
  const { host, disk } = configWorld({});
  disk.put(LIST, JSON.stringify({ version: 1, files: { [FILE]: "0".repeat(64) }, powers: [trusted()] }), {
    mode: 0o600,
  });
  assert.deepEqual(trustedPowers(host), []);
  await trustPowers(host, [trusted()]);
  assert.deepEqual(JSON.parse(disk.text(LIST)!), { version: 2, powers: [trusted()] });
});

Deno.test("a list that others may write to, or that is broken, is refused", async () => {
  const sound = '{"version": 2, "powers": []}';
  const cases = [[sound, 0o620], [sound, 0o602], ["{", 0o600], ["null", 0o600], ["{}", 0o600], ["[]", 0o600]] as const;
  for (const [text, mode] of cases) {
    const { host, disk } = configWorld({});
    disk.put(LIST, text, { mode });
    assert.throws(() => trustedPowers(host), /Cannot use list of trusted files/, text);
    await assert.rejects(trustPowers(host, [trusted()]), /Cannot use list of trusted files/, text);
    await assert.rejects(forgetFiles(host, [FILE]), /Cannot use list of trusted files/, text);
    assert.equal(disk.text(LIST), text);
  }
});

Deno.test("what is no power in the list trusts nothing", () => {
  const { host, disk } = configWorld({});
  const { hash: _, ...hashless } = trusted();
  disk.put(LIST, JSON.stringify({ version: 2, powers: [null, 5, {}, hashless, { ...trusted(), path: 1 }] }), {
    mode: 0o600,
  });
  assert.deepEqual(trustedPowers(host), []);
});

Deno.test("without HOME nothing can be trusted", async () => {
  const { host } = configWorld({ env: { HOME: "" } });
  assert.deepEqual(trustedPowers(host), []);
  await assert.rejects(trustPowers(host, [trusted()]), /HOME is not set/);
});

const [OTHER, ROOT] = [{ uid: 4 }, { uid: 0 }];

Deno.test("a list, or its directory, of another user's is refused, and so is a directory that others may write to", async () => {
  const directory = "/home/me/.local/state/atmos";
  const cases = [
    [{ list: OTHER }, /it belongs to another user \(uid 4\)$/],
    [{ directory: OTHER }, /its directory belongs to another user \(uid 4\)$/],
    [{ directory: { mode: 0o777 } }, /other users can write to its directory \(mode 0777\)$/],
    [{ directory: { mode: 0o720 } }, /other users can write to its directory \(mode 0720\)$/],
    [{ directory: ROOT, list: ROOT }, undefined],
  ] as const;
  for (const [found, message] of cases) {
    const { host, disk } = configWorld({});
    disk.directory(directory, { mode: 0o700, ...("directory" in found ? found.directory : {}) });
    disk.put(LIST, '{"version": 2, "powers": []}', "list" in found ? found.list : {});
    if (message === undefined) {
      assert.deepEqual(trustedPowers(host), []);
      continue;
    }
    const refused = { code: "config-invalid", message, hint: /XDG_STATE_HOME|chmod go-w/ };
    assert.throws(() => trustedPowers(host), refused);
    await assert.rejects(trustPowers(host, [trusted()]), refused);
    await assert.rejects(forgetFiles(host, [FILE]), refused);
  }
});

Deno.test("where the list should be is a directory, or nothing can be written: said, with what to do", async () => {
  const { host, disk } = configWorld({ files: { [`${LIST}/x`]: "" } });
  const refused = { code: "config-invalid", hint: `Move it out of the way: mv ${LIST} ${LIST}.old` };
  assert.throws(() => trustedPowers(host), refused);
  await assert.rejects(trustPowers(host, [trusted()]), refused);
  disk.directory("/home/me/closed");
  disk.close("/home/me/closed", "read-only");
  const closed = {
    ...host,
    env: { ...host.env, get: (name: string) => name === "XDG_STATE_HOME" ? "/home/me/closed" : undefined },
  };
  await assert.rejects(trustPowers(closed, [trusted()]), {
    code: "config-invalid",
    message: /: the file system is read-only \(.*\)$/,
    hint: /XDG_STATE_HOME=/,
  });
});
