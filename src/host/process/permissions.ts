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

/** What the runtime refuses: `Requires net access to "h:443", run again with the --allow-net flag`. */
export interface Refusal {
  /** undefined where it says something else. */
  readonly permission: string | undefined;
  /** A host or a file; undefined for all of them. */
  readonly thing: string | undefined;
}

/** Returns which permission is missing, by the message of a NotCapable error. */
export function readRefusal(message: string): Refusal {
  const [, permission, thing] = /^Requires (\w+) access(?: to "?([^"]*)"?)?,/.exec(message) ?? [];
  return { permission, thing };
}

/** Returns a message without the runtime's own advice, which is for its users: those of this program have no such flags. */
export function withoutRuntimeAdvice(message: string): string {
  return message.replace(/,? run again with the --allow-[a-z]+ flag/g, "");
}
