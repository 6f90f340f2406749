import { deepEqual, equal } from "node:assert/strict";
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

Deno.test("app: a command is handed what it needs and nothing else, after the rest was given up", async () => {
  let handed: string[] = [];
  const definition = command({ ...base, needs: ["terminal", "clock"], run: (host) => (handed = Object.keys(host), 0) });
  const { kept } = await run(definition);
  deepEqual(handed, ["terminal", "clock"]);
  deepEqual(kept, [["terminal", "clock"]]);
});

Deno.test("app: what this input spares is given up too", async () => {
  let handed: string[] = [];
  const definition = command({
    ...base,
    needs: ["read", "write"],
    spares: (_, { flags }) => (flags["dry-run"] ? ["write"] : []),
    run: (host) => (handed = Object.keys(host), 0),
  });
  deepEqual((await run(definition, ["--dry-run"])).kept, [["read"]]);
  deepEqual(handed, ["read"]);
  deepEqual((await run(definition)).kept, [["read", "write"]]);
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
