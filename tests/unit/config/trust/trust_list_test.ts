import assert from "node:assert/strict";
import { loadConfig } from "../../../../src/config/load_config.ts";
import {
  forgetFiles,
  isTrusted,
  trustedFiles,
  trustFiles,
  wasTrusted,
} from "../../../../src/config/trust/trust_list.ts";
import { configWorld, NOTHING_NAMED, plain } from "../../../support/config/config_files.ts";

const FILE = "/home/me/repo/atmos.yaml";
const LIST = "/home/me/.local/state/atmos/trusted.json";
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("a trusted file is used until it changes, or lies elsewhere", async () => {
  const run = [{ status: 0, stdout: "1", stderr: "" }];
  const { host, disk } = configWorld({ files: { [FILE]: "a: !exec x" }, run });
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: !exec x") }), false);
  assert.equal(await trustFiles(host, [{ path: FILE, bytes: bytes("a: !exec x") }]), LIST);
  assert.deepEqual(plain((await loadConfig(host, NOTHING_NAMED)).root), { a: "1" });
  assert.equal(disk.reader.stat(LIST)?.mode, 0o600);
  assert.equal(disk.reader.stat("/home/me/.local/state/atmos")?.mode, 0o700);
  assert.equal(await isTrusted(host, { path: "/home/me/other.yaml", bytes: bytes("a: !exec x") }), false);
  disk.put(FILE, "a: !exec y");
  await assert.rejects(loadConfig(host, NOTHING_NAMED), /not trusted it as it is now: it has changed since$/);
});

Deno.test("trusting one more file keeps the others", async () => {
  const { host } = configWorld({ files: { [FILE]: "a: 1", "/home/me/b.yaml": "b: 1" } });
  await trustFiles(host, [{ path: FILE, bytes: bytes("a: 1") }]);
  await trustFiles(host, [{ path: "/home/me/b.yaml", bytes: bytes("b: 1") }]);
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), true);
  assert.equal(await isTrusted(host, { path: "/home/me/b.yaml", bytes: bytes("b: 1") }), true);
});

Deno.test("a list that others may write to, or that is broken, is refused", async () => {
  for (const [text, mode] of [["{}", 0o620], ["{}", 0o602], ["{", 0o600], ["null", 0o600]] as const) {
    const { host, disk } = configWorld({ files: { [FILE]: "a: 1" } });
    disk.put(LIST, text, { mode });
    await assert.rejects(isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), /Cannot use list of trusted files/);
    await assert.rejects(trustFiles(host, [{ path: FILE, bytes: bytes("a: 1") }]), /Cannot use list of trusted files/);
  }
});

Deno.test("without HOME nothing can be trusted", async () => {
  const { host } = configWorld({ files: { [FILE]: "a: 1" }, env: { HOME: "" } });
  assert.equal(await isTrusted(host, { path: FILE, bytes: bytes("a: 1") }), false);
  await assert.rejects(trustFiles(host, [{ path: FILE, bytes: bytes("a: 1") }]), /HOME is not set/);
});

Deno.test("the list tells what has become of each file, and forgets those it is told to", async () => {
  const files = { [FILE]: "a: 1", "/home/me/b.yaml": "b: 1", "/home/me/c.yaml": "c: 1" };
  const { host, disk } = configWorld({ files });
  assert.deepEqual(await trustedFiles(host), []);
  assert.equal(wasTrusted(host, FILE), false);
  await trustFiles(host, Object.entries(files).map(([path, text]) => ({ path, bytes: bytes(text) })));
  disk.put("/home/me/b.yaml", "b: 2");
  disk.writer.remove("/home/me/c.yaml");
  assert.deepEqual(await trustedFiles(host), [
    { path: FILE, state: "as trusted" },
    { path: "/home/me/b.yaml", state: "changed" },
    { path: "/home/me/c.yaml", state: "gone" },
  ]);
  assert.deepEqual([FILE, "/home/me/b.yaml"].map((path) => wasTrusted(host, path)), [true, true]);
  assert.equal(await forgetFiles(host, [FILE, "/home/me/c.yaml"]), LIST);
  assert.deepEqual(await trustedFiles(host), [{ path: "/home/me/b.yaml", state: "changed" }]);
  assert.equal(disk.reader.stat(LIST)?.mode, 0o600);
});

Deno.test("a content other than the one that was looked at is not trusted", async () => {
  const { host, disk } = configWorld({ files: { [FILE]: "a: !exec harmless" } });
  const seen = disk.reader.bytes(FILE);
  disk.put(FILE, "a: !exec harmful");
  await trustFiles(host, [{ path: FILE, bytes: seen }]);
  await assert.rejects(loadConfig(host, NOTHING_NAMED), /not trusted/);
});

Deno.test("a trusted file that can no longer be read is no longer what it was", async () => {
  const { host, disk } = configWorld({ files: { [FILE]: "a: 1" } });
  await trustFiles(host, [{ path: FILE, bytes: bytes("a: 1") }]);
  disk.put(FILE, "x".repeat(4 * 1024 * 1024 + 1));
  assert.deepEqual(await trustedFiles(host), [{ path: FILE, state: "changed" }]);
});

const [OTHER, ROOT] = [{ uid: 4 }, { uid: 0 }];

Deno.test("a list, or its directory, of another user's is refused, and so is a directory that others may write to", async () => {
  const directory = "/home/me/.local/state/atmos";
  const cases = [
    [{ list: OTHER }, /it belongs to another user \(uid 4\)$/],
    [{ directory: OTHER }, /its directory belongs to another user \(uid 4\)$/],
    [{ directory: { mode: 0o777 } }, /others may write to its directory \(mode 0777\)$/],
    [{ directory: { mode: 0o720 } }, /others may write to its directory \(mode 0720\)$/],
    [{ directory: ROOT, list: ROOT }, undefined],
  ] as const;
  for (const [found, message] of cases) {
    const { host, disk } = configWorld({ files: { [FILE]: "a: 1" } });
    disk.directory(directory, { mode: 0o700, ...("directory" in found ? found.directory : {}) });
    disk.put(LIST, "{}", "list" in found ? found.list : {});
    const content = { path: FILE, bytes: bytes("a: 1") };
    if (message === undefined) assert.equal(await isTrusted(host, content), false);
    else {
      for (
        const act of [
          () => isTrusted(host, content),
          () => trustFiles(host, [content]),
          () => trustedFiles(host),
        ]
      ) {
        const error = await act().then((): never => assert.fail("accepted"), (one) => one);
        assert.match(error.message, message);
        assert.match(error.hint, /XDG_STATE_HOME|chmod go-w/);
      }
    }
  }
});

Deno.test("where the list should be is a directory, or nothing can be written: said, with what to do", async () => {
  const content = { path: FILE, bytes: bytes("a: 1") };
  const { host, disk } = configWorld({ files: { [FILE]: "a: 1", [`${LIST}/x`]: "" } });
  for (const act of [() => isTrusted(host, content), () => trustFiles(host, [content])]) {
    await assert.rejects(act, { code: "config-invalid", hint: `Move it out of the way: mv ${LIST} ${LIST}.old` });
  }
  disk.directory("/home/me/closed");
  disk.close("/home/me/closed", "read-only");
  const closed = {
    ...host,
    env: { ...host.env, get: (name: string) => name === "XDG_STATE_HOME" ? "/home/me/closed" : undefined },
  };
  await assert.rejects(trustFiles(closed, [content]), {
    code: "config-invalid",
    message: /: the file system is read-only \(.*\)$/,
    hint: /XDG_STATE_HOME=/,
  });
});
