import { deepEqual, equal } from "node:assert/strict";
import config from "../../../../../deno.json" with { type: "json" };
import { app } from "../../../../../src/app.ts";
import { definition } from "../../../../../src/cli/commands/version/command.ts";
import { VERSION } from "../../../../../src/version.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";

async function run(...argv: string[]): Promise<string> {
  const host = fakeHost();
  const registry = { version: () => Promise.resolve({ definition }) };
  equal(await app({ host, registry, giveUp: () => {} }, argv), 0);
  return host.seen.out;
}

Deno.test("version: the one of deno.json", () => equal(VERSION, config.version));

Deno.test("version: a line of text, also from --version", async () => {
  equal(await run("version"), `atmos ${VERSION}\n`);
  equal(await run("--version"), `atmos ${VERSION}\n`);
});

Deno.test("version: --output json", async () => {
  const build = { commit: "0123456789abcdef", date: "2026-01-02T03:04:05Z" };
  const platform = { target: "x86_64-unknown-linux-gnu", os: "linux", arch: "x86_64" };
  const value = { version: VERSION, ...build, deno: "2.9.6", v8: "15.0", ...platform };
  deepEqual(JSON.parse(await run("version", "--output", "json")), value);
});
