import { env } from "./process/env.ts";
import { reader, writer } from "./files/files.ts";
import type { Clock } from "./clock_port.ts";
import type { Host, Random, Runtime } from "./host.ts";
import { loopback } from "./net/loopback.ts";
import { net } from "./net/net.ts";
import { run } from "./process/run.ts";
import { sys } from "./process/sys.ts";
import { terminal } from "./terminal/terminal.ts";

/** The real world, through Deno. */
export function denoHost(): Host {
  return { net, loopback, read: reader, write: writer, env, run, sys, clock, random, terminal, runtime };
}

/** The wall clock. */
export const clock: Clock = {
  now: () => Date.now(),
  started: Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Jitter and identifiers. */
export const random: Random = {
  fraction: () => Math.random(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** What the bundler puts in place (scripts/compile/bundle.ts); sources may have changed since any commit. */
declare const ATMOS_COMMIT: string;
declare const ATMOS_DATE: string;

/** What this program was built from and for, and runs on. */
export const runtime: Runtime = {
  os: Deno.build.os,
  arch: Deno.build.arch,
  target: Deno.build.target,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
  commit: typeof ATMOS_COMMIT === "undefined" ? "unknown" : ATMOS_COMMIT,
  date: typeof ATMOS_DATE === "undefined" ? "unknown" : ATMOS_DATE,
};
