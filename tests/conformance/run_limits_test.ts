import { deepEqual, equal } from "node:assert/strict";
import { run } from "../../src/host/process/run.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const IGNORE = Deno.build.os === "windows";
if (IGNORE) console.log("SKIP limits of other programs: the tests need sh");

const inShell = (text: string) => ({ command: "sh", args: ["-c", text] });

Deno.test({
  name: "run: a program that takes too long is killed, and what it printed until then is there",
  ignore: IGNORE,
  fn: async () => {
    const { status, stdout, stopped } = await run.capture({ ...inShell("echo hi; exec sleep 600"), timeoutMs: 500 });
    deepEqual([stdout, stopped], ["hi\n", "timeout"]);
    equal(status, 137);
  },
});

Deno.test({
  name: "run: nobody waits for what a killed program started",
  ignore: IGNORE,
  fn: async () => {
    using home = tempHome();
    const text = `(sleep 20; touch ${home.at("ended")}) & echo $!; wait`;
    const { stdout, stopped } = await run.capture({ ...inShell(text), timeoutMs: 500 });
    equal(home.read("ended"), undefined);
    Deno.kill(Number(stdout), "SIGKILL");
    equal(stopped, "timeout");
  },
});

Deno.test({
  name: "run: a program that prints without end is killed, on either stream",
  ignore: IGNORE,
  fn: async () => {
    for (const to of ["1", "2"]) {
      const { stdout, stderr, stopped } = await run.capture({ ...inShell(`exec yes >&${to}`), maxBytes: 100_000 });
      equal(stopped, "output");
      equal(stdout.length + stderr.length <= 100_000, true);
    }
  },
});

Deno.test({
  name: "run: within its limits a program ends as it does without",
  ignore: IGNORE,
  fn: async () => {
    const input = { ...inShell("cat; echo err >&2; exit 3"), stdin: "é".repeat(1000) };
    const expected = { status: 3, stdout: "é".repeat(1000), stderr: "err\n" };
    deepEqual(await run.capture(input), expected);
    deepEqual(await run.capture({ ...input, timeoutMs: 60_000, maxBytes: 2000 }), expected);
    equal((await run.capture({ ...input, maxBytes: 1999 })).stopped, "output");
  },
});
