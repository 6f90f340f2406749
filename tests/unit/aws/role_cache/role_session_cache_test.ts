import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { keepSecret } from "../../../../src/aws/client/credentials.ts";
import { getRoleSession } from "../../../../src/aws/role_cache/role_session_cache.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const HOUR = 3_600_000;

/** A machine whose STS gives the sessions ASIA1, ASIA2, …, an hour long. */
function machine(files = new MemoryFiles()) {
  const host = fakeHost({ files: { read: files.reader, write: files.writer }, env: { HOME: "/home" }, now: NOW });
  const warnings: string[] = [];
  let calls = 0;
  const fetch = () => {
    const expiration = new Date(host.clock.now() + HOUR);
    const accessKeyId = `ASIA${++calls}`;
    return Promise.resolve(keepSecret({ accessKeyId, secretAccessKey: "s", sessionToken: "t", expiration }));
  };
  const ask = async (...key: readonly string[]) =>
    (await getRoleSession(host, { key, fetch, warn: (line) => void warnings.push(line) })).accessKeyId;
  return { files, host, warnings, ask, calls: () => calls };
}

Deno.test("a session is kept until five minutes before its end", async () => {
  const { host, ask } = machine();
  equal(await ask("a"), "ASIA1");
  await host.clock.sleep(HOUR - 5 * 60_000);
  equal(await ask("a"), "ASIA1");
  await host.clock.sleep(1);
  equal(await ask("a"), "ASIA2");
});

Deno.test("keys that only look alike share nothing", async () => {
  const { ask } = machine();
  const keys = [["a", "b"], ["ab"], ["a,b"], ['a","b'], ["b", "a"], ["a", "b", ""], ["", "a", "b"]];
  const sessions: string[] = [];
  for (const key of keys) sessions.push(await ask(...key));
  equal(new Set(sessions).size, keys.length);
});

Deno.test("a kept session of another owner is not used, and a new one goes on from memory", async () => {
  const { files, warnings, ask } = machine();
  await ask("b");
  files.uid = 2000;
  const theirs = await ask("a");
  files.uid = 1000;
  notEqual(await ask("a"), theirs);
  match(warnings[0]!, /belongs to another user|other users may read/);
});

Deno.test("whatever effect on the disk fails, there is a session", async () => {
  const { files, ask } = machine();
  await ask("a");
  const { effects } = files;
  for (let n = 1; n <= effects; n++) {
    const broken = new MemoryFiles();
    const one = machine(broken);
    broken.failAt(n, "denied");
    equal(await one.ask("a"), "ASIA1", `effect ${n}`);
    deepEqual(one.warnings, []);
  }
});
