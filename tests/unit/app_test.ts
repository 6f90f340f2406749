import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { app } from "../../src/app.ts";
import { type AnyCommand, command } from "../../src/cli/args/command.ts";
import { AppError } from "../../src/errors.ts";
import { FileError } from "../../src/host/files/file_error.ts";
import type { Need } from "../../src/host/host.ts";
import { fakeHost, type FakeHostOptions } from "../support/host/fake_host.ts";

const base = {
  name: "x",
  summary: "X",
  flags: { "dry-run": { kind: "switch", summary: "" } },
  examples: [],
} as const;
const REQUEST = { url: "https://aws.test/", method: "GET", headers: {} };
const ANSWER = { status: 200, headers: {}, body: "" };

async function run(definition: AnyCommand, argv: readonly string[] = [], options: FakeHostOptions = {}) {
  const host = fakeHost(options);
  const kept: (readonly Need[])[] = [];
  const registry = { x: () => Promise.resolve({ definition }) };
  const status = await app({ host, registry, giveUp: (needs) => void kept.push(needs) }, ["x", ...argv]);
  return { status, kept, ...host.seen };
}

Deno.test("app: the command's status is the program's", async () => {
  equal((await run(command({ ...base, needs: [], run: () => 42 }))).status, 42);
});

Deno.test("app: a command is handed what it needs, after the rest was given up; the rest throws", async () => {
  const seen: unknown[] = [];
  const definition: AnyCommand = {
    ...base,
    needs: ["terminal", "clock"],
    run(host) {
      seen.push(host.clock.now(), host.terminal.size().columns);
      for (const use of [() => host.net.fetch(REQUEST), () => host.env.get("HOME"), () => host.sys.os]) throws(use);
      throws(() => host.run.capture({ command: "sh", args: [] }), {
        message: 'the command uses run.capture, and does not declare that it needs "run"',
      });
      return 0;
    },
  };
  const { status, err, kept, requests, runs } = await run(definition);
  deepEqual([status, err, requests, runs], [0, "", [], []]);
  deepEqual(seen, [Date.UTC(2026, 0, 2, 3, 4, 5), 80]);
  deepEqual(kept, [["terminal", "clock"]]);
});

Deno.test("app: what this input makes unneeded is given up too, and refuses as the real one fails", async () => {
  const definition = command({
    ...base,
    needs: ["read", "write", "net", "loopback"],
    unneeded: (_, { flags }) => (flags["dry-run"] ? ["write", "net", "loopback"] : []),
    async run({ write, net, loopback }) {
      throws(() => write.mkdir("/x", 0o700), { name: "FileError", kind: "not-allowed", path: "/x" });
      throws(() => write.open("/y", { how: "new", mode: 0o600 }), { name: "FileError", kind: "not-allowed" });
      await rejects(() => net.fetch(REQUEST), { name: "NetError", kind: "not-allowed", host: "aws.test" });
      throws(() => loopback.listen(() => ({ answer: ANSWER })), { name: "NetError", kind: "not-allowed" });
      return 0;
    },
  });
  const { status, err, kept, requests } = await run(definition, ["--dry-run"]);
  deepEqual([status, err, kept, requests], [0, "", [["read"]], []]);
  deepEqual((await run({ ...definition, run: () => 0 })).kept, [["read", "write", "net", "loopback"]]);
});

const RUNS = command({
  ...base,
  needs: ["run", "terminal"],
  unneeded: (_, { flags }) => (flags["dry-run"] ? ["run"] : []),
  async run({ run, terminal }) {
    for (const text of ["a", "b"]) {
      const { status, stdout, stopped } = await run.capture({ command: "sh", args: ["-c", text], skippable: true });
      terminal.out(`${status} ${stdout} ${stopped}\n`);
    }
    return 0;
  },
});

Deno.test("app: a program that the command can do without is skipped, with one warning", async () => {
  const { status, out, err, runs } = await run(RUNS, ["--dry-run"]);
  deepEqual({ status, out, runs }, { status: 0, out: "0  undefined\n0  undefined\n", runs: [] });
  equal(err, "Warning: a dry run runs no commands, so every value of !exec is empty here\n");
  const results = ["1", "2"].map((stdout) => ({ status: 0, stdout, stderr: "" }));
  const real = await run(RUNS, [], { run: results });
  deepEqual([real.out, real.err, real.runs.length], ["0 1 undefined\n0 2 undefined\n", "", 2]);
});

Deno.test("app: the warning goes by --logs-level, and a command may be one that needs none", async () => {
  equal((await run(RUNS, ["--dry-run", "--logs-level=error"])).err, "");
  equal((await run({ ...RUNS, skipsSilently: true } as AnyCommand, ["--dry-run"])).err, "");
});

Deno.test("app: what the command cannot do without is refused, with no warning: it fails", async () => {
  const definition = command({
    ...base,
    needs: ["run"],
    unneeded: () => ["run"],
    async run({ run }) {
      const { status, stdout, stopped } = await run.capture({ command: "sh", args: [] });
      deepEqual([status, stdout, stopped], [126, "", "refused"]);
      await rejects(() => run.foreground({ command: "sh", args: [], env: {} }), { name: "FileError", path: "sh" });
      const page = {
        executable: "chrome",
        url: "https://x.test",
        headless: true,
        take: [],
        unreachable: [],
        timeoutMs: 1,
      };
      equal((await run.browse(page)).kind, "failed");
      return 0;
    },
  });
  const { status, err, runs, browsed } = await run(definition);
  deepEqual([status, err, runs, browsed], [0, "", [], []]);
});

Deno.test("app: what goes wrong beside a command is a warning, once, and none where its user is a program", async () => {
  const warning = { message: "Cannot use record /r", hint: "Remove it" };
  const warns = command({ ...base, needs: [], run: (host) => (host.warn?.(warning), host.warn?.({ ...warning }), 0) });
  equal((await run(warns)).err, "Warning: Cannot use record /r\nHint: Remove it\n");
  equal((await run(warns, ["--logs-level", "error"])).err, "");
  equal((await run(command({ ...warns, raw: true }))).err, "");
});

Deno.test("app: an error is reported on stderr, its code is the status", async () => {
  const fail = () => Promise.reject(new AppError("locked", "Cannot lock", { hint: "Wait" }));
  const { status, out, err } = await run(command({ ...base, needs: [], run: fail }));
  deepEqual({ status, out, err }, { status: 6, out: "", err: "Error: Cannot lock\nHint: Wait\n" });
});

Deno.test("app: an error thrown at once, not as a promise, is caught as well", async () => {
  const fail = () => {
    throw new TypeError("oh");
  };
  equal((await run(command({ ...base, needs: [], run: fail }))).status, 1);
});

Deno.test("app: nothing is given up before the command line is understood", async () => {
  const { status, kept } = await run(command({ ...base, needs: [], run: () => 0 }), ["--nonsense"]);
  deepEqual({ status, kept }, { status: 2, kept: [] });
});

Deno.test("app: --chdir and ATMOS_CHDIR change the directory before the command looks around", async () => {
  const definition = command({ ...base, needs: [], run: () => 0 });
  deepEqual((await run(definition, ["-C", "/a"], { env: { ATMOS_CHDIR: "/b" } })).directories, ["/a"]);
  deepEqual((await run(definition, [], { env: { ATMOS_CHDIR: "/b" } })).directories, ["/b"]);
});

Deno.test("app: a directory that is not there is a usage error", async () => {
  const host = fakeHost();
  const chdir = (path: string) => {
    throw new FileError("not-a-directory", path, "chdir");
  };
  const definition = command({ ...base, needs: [], run: () => 0 });
  const world = {
    host: { ...host, sys: { ...host.sys, chdir } },
    registry: { x: () => Promise.resolve({ definition }) },
    giveUp: () => {},
  };
  equal(await app(world, ["x", "-C", "/a"]), 2);
  equal(host.seen.err.split("\n")[0], 'Error: Cannot change to "/a": not a directory');
});

Deno.test("app: help goes to stdout and nothing runs", async () => {
  const { status, out, kept } = await run(command({ ...base, needs: [], run: () => 9 }), ["--help"]);
  deepEqual({ status, kept, usage: out.includes("atmos x [flags]") }, { status: 0, kept: [], usage: true });
});

Deno.test("app: what no one sees never reaches a terminal; a program gets on stdout what was meant", async () => {
  const definition = command({
    ...base,
    needs: ["terminal"],
    run({ terminal }) {
      terminal.out("a\u202eb\n");
      terminal.err("c\u202ed\n");
      return 0;
    },
  });
  const piped = await run(definition);
  deepEqual([piped.out, piped.err], ["a\u202eb\n", "c\\u202ed\n"]);
  deepEqual((await run(definition, [], { tty: { stdout: true } })).out, "a\\u202eb\n");
});
