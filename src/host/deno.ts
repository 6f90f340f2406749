import { clock } from "./clock.ts";
import { env } from "./process/env.ts";
import { reader, writer } from "./files/files.ts";
import type { Host } from "./host.ts";
import { loopback } from "./net/loopback.ts";
import { net } from "./net/net.ts";
import { random } from "./random.ts";
import { run } from "./process/run.ts";
import { runtime } from "./runtime.ts";
import { sys } from "./process/sys.ts";
import { terminal } from "./terminal/terminal.ts";

/** The real world, through Deno. */
export function denoHost(): Host {
  return { net, loopback, read: reader, write: writer, env, run, sys, clock, random, terminal, runtime };
}
