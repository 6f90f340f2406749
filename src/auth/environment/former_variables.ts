import type { AuthModel } from "../model/model.ts";
import type { Variables } from "./environment.ts";

/** A region says where AWS is called, not as whom, and may be the user's own. */
const REGIONS: readonly string[] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/**
 * Returns the variables that a shell has from the `env` of the identity that it is now (ATMOS_IDENTITY), with the very
 * values of atmos.yaml: they would stay when it, or a program of it, becomes another one.
 */
export function formerVariables(
  parent: Variables,
  { identities, identity }: Pick<AuthModel, "identities"> & { readonly identity: string },
): readonly string[] {
  const former = parent["ATMOS_IDENTITY"]?.toLowerCase();
  if (former === undefined || former === identity.toLowerCase()) return [];
  const { env = [] } = [...identities.values()].find(({ name }) => name.toLowerCase() === former) ?? {};
  return env.filter(({ key, value }) => parent[key] === value && !REGIONS.includes(key)).map(({ key }) => key);
}
