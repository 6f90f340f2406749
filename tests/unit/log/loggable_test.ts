import { deepEqual, equal, match } from "node:assert/strict";
import { loggable } from "../../../src/log/loggable.ts";
import { jsonLine, logfmtLine } from "../../../src/log/log_line.ts";
import { Secret } from "../../../src/secret.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

const SETTINGS = { level: "debug", format: "logfmt", file: undefined } as const;

Deno.test("log: nothing is told before it begins, unless a configuration that is read later says so", async () => {
  const given = fakeHost();
  const { log } = loggable(given);
  log!.tell("debug", "early", { at: 1 });
  deepEqual([log!.isOn, log!.isSettled, given.seen.err], [false, false, ""]);
  await log!.begin(SETTINGS);
  match(given.seen.err, /^time=2026-01-02T03:04:05\.000Z level=debug pid=\d+ event=early at=1\n$/);
  log!.tell("trace", "too much", {});
  equal(given.seen.err.split("\n").length, 2);
});

Deno.test("log: once it is off, nothing that was told before is kept", async () => {
  const given = fakeHost();
  const { log } = loggable(given);
  log!.tell("debug", "early", {});
  await log!.begin("off");
  await log!.begin(SETTINGS);
  equal(given.seen.err, "");
});

Deno.test("log: an access key's calls say whose it is, once that was told", async () => {
  const given = fakeHost();
  const { log } = loggable(given);
  await log!.begin({ ...SETTINGS, format: "json" });
  log!.tell("debug", "credentials", { identity: "dev", key: "AKIA1" });
  log!.tell("debug", "AWS call", { key: "AKIA1" });
  log!.tell("debug", "AWS call", { key: "AKIA2" });
  const calls = given.seen.err.trim().split("\n").map((line) => JSON.parse(line)).slice(1);
  deepEqual(calls.map(({ identity }) => identity), ["dev", undefined]);
});

Deno.test("log: files that are written and programs that are run tell it, and arguments do not", async () => {
  const files = new MemoryFiles();
  const given = fakeHost({
    files: { read: files.reader, write: files.writer },
    run: [{ status: 3, stdout: "", stderr: "" }],
  });
  const host = loggable(given);
  await host.log!.begin({ ...SETTINGS, level: "trace" });
  const file = host.write.open("/a", { how: "new", mode: 0o600 });
  file.write(new Uint8Array(5));
  file.close();
  host.write.rename("/a", "/b");
  host.read.bytes("/b");
  await host.run.capture({ command: "aws", args: ["--password", "hunter22"] });
  const events = given.seen.err.trim().split("\n").map((line) => line.replace(/^.*? event=/, ""));
  deepEqual(events, [
    '"file written" path=/a bytes=5',
    '"file written" path=/b from=/a',
    '"file read" path=/b',
    '"program starts" command=aws',
    '"program ended" command=aws status=3 ms=0',
  ]);
});

Deno.test("log lines: one line each, without secrets, control characters and what a terminal does not show", () => {
  new Secret("correct horse battery");
  const facts = {
    a: "x y\n\u001b[31m\u202e",
    b: "it was correct horse battery",
    c: "https://me:pw@h/p?q=1",
    d: undefined,
  };
  const line = logfmtLine(facts);
  equal(line, 'a="x y\\n\\u001b[31m\\u202e" b="it was [secret]" c=https://…@h/p?…');
  deepEqual(JSON.parse(jsonLine(facts)), { a: facts.a, b: "it was [secret]", c: "https://…@h/p?…" });
  equal(/[\p{Cc}\p{Cf}]/u.test(jsonLine(facts)), false);
});
