import type { Need } from "../host.ts";

/** The permission behind each member; the others are open to every program. */
const BEHIND: Partial<Record<Need, "net" | "read" | "write" | "env" | "run" | "sys">> = {
  net: "net",
  loopback: "net",
  read: "read",
  write: "write",
  env: "env",
  run: "run",
  sys: "sys",
};

/**
 * Gives up, for the rest of this process, every permission that the given members do not need; also loading native
 * code and remote modules, always. Modules of this program that are imported later still load: they are part of it.
 */
export function giveUp(needs: readonly Need[]): void {
  const kept = new Set(needs.map((need) => BEHIND[need]));
  for (const name of Object.values(BEHIND)) {
    if (!kept.has(name)) Deno.permissions.revokeSync({ name });
  }
  Deno.permissions.revokeSync({ name: "ffi" });
  Deno.permissions.revokeSync({ name: "import" });
}
