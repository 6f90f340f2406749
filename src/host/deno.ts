import { env } from "./process/env.ts";
import { reader, writer } from "./files/files.ts";
import type { Clock, Host, Random, Runtime } from "./host.ts";
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
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Jitter and identifiers. */
export const random: Random = {
  fraction: () => Math.random(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** What this program was built for and runs on. */
export const runtime: Runtime = {
  os: Deno.build.os,
  arch: Deno.build.arch,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
};
