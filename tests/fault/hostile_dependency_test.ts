import { deepEqual, equal, ok } from "node:assert/strict";
import { allCommands } from "../../src/cli/registry.ts";
import { ATTEMPTS } from "../support/atmos/hostile_dependency.ts";
import { runProbe } from "../support/atmos/probe.ts";
import { reportRow } from "../support/faults/fault_report.ts";
import type { Probe } from "../support/atmos/probe_main.ts";

const PERMISSIONS = ["net", "read", "write", "env", "run", "sys"];

async function look(...argv: string[]): Promise<Probe> {
  const { status, stdout, stderr } = await runProbe(argv);
  equal(stderr, "");
  equal(status, 0);
  return JSON.parse(stdout);
}

/** The process has exactly what the dispatcher kept, and the runtime enforces it. */
function checkProbe(probe: Probe): void {
  const kept = PERMISSIONS.filter((name) => (probe.needs as readonly string[]).includes(name));
  const gone = PERMISSIONS.filter((name) => !kept.includes(name));
  deepEqual([...probe.granted].sort(), [...kept].sort());
  const expected = [...gone, "ffi", ...(gone.includes("read") ? ["read by a package"] : [])];
  deepEqual([...probe.refused].sort(), expected.sort());
  deepEqual([...probe.handed].sort(), [...probe.needs].sort());
  equal(probe.late, "loaded");
  checkAttempts(probe, kept);
}

/** A package that came with another one cannot do more than the command has declared, in whatever way it tries. */
function checkAttempts({ refusedAttempts }: Probe, kept: readonly string[]): void {
  const beyond = Object.entries(ATTEMPTS).filter(([, { permission }]) => !kept.includes(permission));
  deepEqual(beyond.map(([name]) => name).filter((name) => !refusedAttempts.includes(name)), []);
  const outcomes = { "refused by the runtime": beyond.length };
  reportRow({ fault: "a hostile dependency", tried: "every command", outcomes });
}

Deno.test("permissions: with all of them, none of the attempts fails for want of one", async () => {
  const all = Object.entries(ATTEMPTS).filter(([, { permission }]) => permission !== "never").map(([name]) => name);
  const { needs, refusedAttempts } = await look("auth", "shell");
  deepEqual(PERMISSIONS.filter((name) => !(needs as readonly string[]).includes(name)), []);
  deepEqual(refusedAttempts.filter((name) => all.includes(name)), []);
});

for (const { name, needs, flags } of await allCommands()) {
  Deno.test(`permissions: "${name}" has what it needs and no more`, async () => {
    const probe = await look(...name.split(" "));
    ok(probe.needs.every((need) => needs.includes(need)), `${probe.needs}`);
    checkProbe(probe);
  });

  for (const flag of ["dry-run", "diff"].filter((flag) => flag in flags)) {
    Deno.test(`permissions: "${name} --${flag}" cannot write and cannot start programs`, async () => {
      const probe = await look(...name.split(" "), `--${flag}`);
      ok(!probe.needs.includes("write") && !probe.needs.includes("run"), `${probe.needs}`);
      checkProbe(probe);
    });
  }
}

Deno.test("permissions: version has none at all", async () => {
  deepEqual((await look("version")).granted, []);
});
