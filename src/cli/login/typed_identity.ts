import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";

/** ATMOS_IDENTITY is for every command, so it is no selection that another one could contradict. */
export function typedIdentity(host: Needs<"env">, { identity }: Pick<Globals, "identity">): string | undefined {
  return identity === host.env.get("ATMOS_IDENTITY") ? undefined : identity;
}
