import type { Needs } from "../../host/host.ts";

/**
 * Whether a call to AWS can be made without any settings file: nobody names a profile, and keys and region are given.
 * The rule for files that may not be read, as under `sudo -u` with the HOME of another user.
 */
export function environmentSuffices(
  host: Needs<"env">,
  input: { readonly profile?: string; readonly region?: string },
): boolean {
  const set = (name: string) => host.env.get(name) !== undefined;
  if (input.profile !== undefined || set("AWS_PROFILE")) return false;
  const hasRegion = input.region !== undefined || set("AWS_REGION") || set("AWS_DEFAULT_REGION");
  return hasRegion && set("AWS_ACCESS_KEY_ID") && set("AWS_SECRET_ACCESS_KEY");
}
