import type { Needs } from "../host/host.ts";

/** Whether ATMOS_TRUST says so; without it, whether this is a CI job, which trusts the repository that it was started for. */
export function isTrustingAll({ env }: Needs<"env">): boolean {
  const said = env.get("ATMOS_TRUST");
  if (said !== undefined && said !== "") return /^(?:1|true|yes|on)$/i.test(said);
  return /^(?:1|true)$/i.test(env.get("CI") ?? "");
}
