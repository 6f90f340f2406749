import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { atmosStart, runAtmos, spawnAtmos } from "../support/atmos/run_atmos.ts";
import { runProbe, spawnProbe } from "../support/atmos/probe.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const onWindows = Deno.build.os === "windows";
if (onWindows) console.log("SKIP signals: Windows has none");

/** What starts a program as process 1 of its own, as a container does. */
const ISOLATED = ["unshare", "--pid", "--fork", "--kill-child"];
const isolates = Deno.build.os === "linux" && new Deno.Command("unshare", { args: [...ISOLATED.slice(1), "true"] })
  .outputSync().success;
if (!isolates) console.log("SKIP signals to process 1: unshare --pid is not allowed here");

async function killChildOf(pid: number, signal: "SIGINT" | "SIGTERM" | "SIGHUP"): Promise<void> {
  await new Deno.Command("pkill", { args: [`-${signal.slice(3)}`, "-P", String(pid)] }).output();
}

Deno.test("process: version on stdout, status 0", async () => {
  const { status, stdout, stderr } = await runAtmos(["version"]);
  deepEqual({ status, stderr }, { status: 0, stderr: "" });
  match(stdout, /^atmos \d+\.\d+\.\d+\n$/);
});

Deno.test("process: version --output json says what a bug report needs", async () => {
  const { stdout } = await runAtmos(["version", "--output", "json"]);
  const { version, commit, date, deno, target, ...rest } = JSON.parse(stdout);
  deepEqual([deno, target], [Deno.version.deno, Deno.build.target]);
  deepEqual(rest, { v8: Deno.version.v8, os: Deno.build.os, arch: Deno.build.arch });
  match([version, commit, date].join(" "), /^\d+\.\d+\.\d+ \S+ \S+$/);
});

Deno.test("process: a usage error is one line and a hint on stderr, status 2", async () => {
  const { status, stdout, stderr } = await runAtmos(["version", "--outptu", "json"]);
  deepEqual({ status, stdout }, { status: 2, stdout: "" });
  equal(stderr, "Error: Unknown flag --outptu\nHint: Did you mean --output?\n");
});

Deno.test("process: -C goes to the directory first; one that is not there is a usage error", async () => {
  await using home = tempHome();
  equal((await runAtmos(["-C", home.path, "version"])).status, 0);
  const { status, stderr } = await runAtmos(["version", "--chdir", home.at("nowhere")]);
  equal(status, 2);
  match(stderr, /^Error: Cannot change to ".*nowhere": no such directory\nHint: /);
});

Deno.test("process: a reader that goes away does not matter", async () => {
  const child = spawnAtmos(["--help"]);
  await child.stdout.cancel();
  await child.stdin.close();
  const stderr = await new Response(child.stderr).text();
  deepEqual({ status: (await child.status).code, stderr }, { status: 0, stderr: "" });
});

Deno.test("process: a reader that goes away leaves the command's own status", async () => {
  const child = spawnProbe(["probe", "print"]);
  await child.stdout.cancel();
  const stderr = await new Response(child.stderr).text();
  deepEqual({ status: (await child.status).code, stderr }, { status: 7, stderr: "" });
});

Deno.test("process: a long text arrives whole", async () => {
  const { status, stdout } = await runProbe(["probe", "print"]);
  deepEqual({ status, length: stdout.length }, { status: 7, length: 1e6 });
});

for (const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
  Deno.test({
    name: `process: ${signal} ends what waits, with ${status}`,
    ignore: onWindows,
    fn: async () => {
      const child = spawnProbe(["probe", "wait"]);
      const stdout = child.stdout.getReader();
      equal(new TextDecoder().decode((await stdout.read()).value), "waiting\n");
      child.kill(signal);
      const stderr = await new Response(child.stderr).text();
      await stdout.cancel();
      const { code, signal: killedBy } = await child.status;
      // Killed by it, so that it ends while it computes, too; shells count that as the same exit status.
      deepEqual({ code, killedBy, stderr }, { code: status, killedBy: signal, stderr: "" });
    },
  });

  for (const isProcess1 of [false, true]) {
    Deno.test({
      name: `process: ${signal} ends what computes without end${isProcess1 ? ", as process 1" : ""}`,
      ignore: onWindows || (isProcess1 && !isolates),
      fn: async () => {
        await using child = spawnProbe(["probe", "compute"], { starter: isProcess1 ? ISOLATED : [] });
        const stdout = child.stdout.getReader();
        equal(new TextDecoder().decode((await stdout.read()).value), "computing\n");
        const start = performance.now();
        if (isProcess1) await killChildOf(child.pid, signal);
        else child.kill(signal);
        const { code } = await child.status;
        await Promise.all([stdout.cancel(), child.stderr.cancel()]);
        deepEqual({ soon: performance.now() - start < 2_000, code }, { soon: true, code: status });
      },
    });
  }
}

Deno.test({
  name: "process: as process 1 it prints, reads and ends as anywhere else",
  ignore: !isolates,
  fn: async () => {
    const { words: [command, ...words], env } = atmosStart();
    for (const args of [["version"], ["version", "--outptu"], ["auth", "exec", "-i", "none", "--", "true"]]) {
      const options = { clearEnv: true, env: { ...env, PATH: "/usr/bin:/bin" } };
      const [alone, first] = await Promise.all([[], ISOLATED].map(async (starter) => {
        const [program, ...more] = [...starter, command!, ...words, ...args];
        const { code, stdout, stderr } = await new Deno.Command(program!, { ...options, args: more }).output();
        return { code, printed: [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)) };
      }));
      deepEqual(first, alone);
    }
  },
});

for (const words of [["probe", "throw"], ["probe", "later"]]) {
  Deno.test(`process: ${words.join(" ")}: what nobody expected is one line, no stack, no control characters`, async () => {
    const { status, stdout, stderr } = await runProbe(words);
    deepEqual({ status, stdout }, { status: 1, stdout: "" });
    match(stderr, /^Error: Cannot continue: TypeError: .+\nHint: This is a bug in atmos\. .+\n$/);
    doesNotMatch(stderr, /\n\s+at /);
    equal(stderr.includes("\x1b"), false);
  });
}

Deno.test("process: with --verbose an internal error says where it happened", async () => {
  const { stderr } = await runProbe(["probe", "throw", "--verbose"]);
  match(stderr, /\n\s+at .*probe_main\.ts/);
});

for (const words of [["probe", "forbidden"], ["probe", "fetch"]]) {
  Deno.test(`process: ${words.join(" ")}: the runtime's advice never reaches a user`, async () => {
    const { stderr } = await runProbe(words);
    match(stderr, /^Error: Cannot (use|reach) /);
    doesNotMatch(stderr, /--allow-(read|net)|run again/);
  });
}

Deno.test("process: sys.self() starts this program again", async () => {
  const { command, args } = JSON.parse((await runProbe(["probe", "self"])).stdout);
  const output = await new Deno.Command(command, { args: [...args, "version", "--verbose"], cwd: "/" }).output();
  match(new TextDecoder().decode(output.stdout), /^atmos \d/);
  equal(new TextDecoder().decode(output.stderr), "");
});
