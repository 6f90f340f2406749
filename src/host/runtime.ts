import type { Runtime } from "./host.ts";

/** What this program was built for and runs on. */
export const runtime: Runtime = {
  os: Deno.build.os,
  arch: Deno.build.arch,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
};
