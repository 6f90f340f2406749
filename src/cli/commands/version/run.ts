import type { Needs } from "../../../host/host.ts";
import { VERSION } from "../../../version.ts";

/** `atmos version`: prints the version, with `json` also the build, the runtime and the platform. */
export function runVersion(host: Needs<"terminal" | "runtime">, output: "text" | "json"): number {
  const { commit, date, deno, v8, target, os, arch } = host.runtime;
  const json = JSON.stringify({ version: VERSION, commit, date, deno, v8, target, os, arch }, null, 2);
  host.terminal.out(output === "json" ? `${json}\n` : `atmos ${VERSION}\n`);
  return 0;
}
