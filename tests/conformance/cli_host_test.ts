import { deepEqual, equal, match, throws } from "node:assert/strict";
import { denoHost } from "../../src/host/deno.ts";
import { isFileError } from "../../src/host/files/file_error.ts";
import type { Need } from "../../src/host/host.ts";
import { fakeHost } from "../support/host/fake_host.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const real = denoHost();

Deno.test("host: the fake host has the members of the real one, and their members", () => {
  const { seen: _, ...fake } = fakeHost({ files: real });
  deepEqual(Object.keys(fake).sort(), Object.keys(real).sort());
  for (const [name, member] of Object.entries(real)) {
    deepEqual(Object.keys(fake[name as Need]).sort(), Object.keys(member).sort(), name);
  }
});

Deno.test("host: an empty variable counts as unset, and is handed on, in the real and in the fake world", () => {
  Deno.env.set("ATMOS_TEST_EMPTY", "");
  Deno.env.set("ATMOS_TEST_FULL", "x");
  const fake = fakeHost({ env: { ATMOS_TEST_EMPTY: "", ATMOS_TEST_FULL: "x" } });
  for (const { env } of [real, fake]) {
    equal(env.get("ATMOS_TEST_EMPTY"), undefined);
    equal(env.get("ATMOS_TEST_FULL"), "x");
    equal(env.get("ATMOS_TEST_NONE"), undefined);
    equal(env.all()["ATMOS_TEST_EMPTY"], "");
    equal(env.all()["ATMOS_TEST_FULL"], "x");
  }
  equal(fake.env.get("toString"), undefined);
});

Deno.test("host: run captures both streams and the status", async () => {
  const script =
    'Deno.stdout.writeSync(new TextEncoder().encode("out")); console.error(Deno.env.get("X")); Deno.exit(3)';
  const result = await real.run.capture({
    command: Deno.execPath(),
    args: ["eval", "--quiet", script],
    env: { X: "err" },
  });
  deepEqual(result, { status: 3, stdout: "out", stderr: "err\n" });
});

Deno.test("host: run feeds standard input, and does not mind when nobody reads it", async () => {
  const echo = "await Deno.stdin.readable.pipeTo(Deno.stdout.writable)";
  const args = (script: string) => ["eval", "--quiet", script];
  const stdin = "text\n".repeat(100_000);
  equal((await real.run.capture({ command: Deno.execPath(), args: args(echo), stdin })).stdout, stdin);
  equal((await real.run.capture({ command: Deno.execPath(), args: args("Deno.exit(5)"), stdin })).status, 5);
});

Deno.test("host: a program that is not there is status 127", async () => {
  const result = await real.run.capture({ command: "no-such-program-here", args: [] });
  deepEqual(result, { status: 127, stdout: "", stderr: "no-such-program-here: command not found" });
});

Deno.test("host: a file that the system does not start is status 126, or what its shell says", async () => {
  await using home = tempHome();
  const statusOf = async (name: string, { text, mode }: { readonly text: string; readonly mode: number }) => {
    const command = home.write(name, text);
    Deno.chmodSync(command, mode);
    return (await real.run.capture({ command, args: [] })).status;
  };
  equal(await statusOf("closed", { text: "#!/bin/sh\n", mode: 0o600 }), 126);
  equal(await statusOf("lost", { text: "#!/no/such/interpreter\n", mode: 0o700 }), 127);
  equal(await statusOf("broken", { text: "\x7fELF and nothing else", mode: 0o700 }), 127);
  equal((await real.run.capture({ command: home.path, args: [] })).status, 126);
});

Deno.test("host: sys knows the process", () => {
  equal(real.sys.pid(), Deno.pid);
  equal(real.sys.uid(), Deno.uid() ?? -1);
  equal(real.sys.gid(), Deno.gid() ?? -1);
  const { command, args } = real.sys.self();
  equal(command, Deno.execPath());
  match(args.at(-1)!, /[/\\]main\.ts$/);
});

Deno.test("host: chdir goes there, or says why not", async () => {
  await using home = tempHome();
  const before = Deno.cwd();
  try {
    real.sys.chdir(home.path);
    equal(Deno.cwd(), home.path);
    throws(() => real.sys.chdir(home.at("none")), (error) => isFileError(error, "not-found"));
    throws(() => real.sys.chdir(home.write("file", "")), (error) => isFileError(error, "not-a-directory"));
  } finally {
    Deno.chdir(before);
  }
});
