import type { Needs } from "../../host/host.ts";
import type { Flags } from "./flag.ts";
import type { Values } from "./flag_values.ts";

/**
 * Returns the environment of a command without this program's variables that say what a typed flag says as well: what is
 * typed is for this very command, and must not be taken for what the variable says in general.
 */
export function hideRepeatedVariables<H extends Needs<"env">>(
  host: H,
  { flags, typed }: { readonly flags: Flags; readonly typed: Values },
): H {
  const repeated = Object.keys(typed).flatMap((name) =>
    (flags[name]?.env ?? []).filter((one) => one.startsWith("ATMOS_") && host.env.get(one) === typed[name])
  );
  if (repeated.length === 0) return host;
  return { ...host, env: { ...host.env, get: (name) => repeated.includes(name) ? undefined : host.env.get(name) } };
}
