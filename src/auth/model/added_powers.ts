import type { Power } from "../../config/schema/powers.ts";
import type { AuthModel, Identity } from "./model.ts";

/** Returns the identities, each with the powers that were found for it besides its own; the same map where none were. */
export function addPowers(
  identities: AuthModel["identities"],
  found: ReadonlyMap<Identity, readonly Power[]>,
): AuthModel["identities"] {
  if (found.size === 0) return identities;
  return new Map([...identities].map(([name, one]) => {
    const powers = found.get(one);
    return [name, powers === undefined ? one : { ...one, powers: [...one.powers, ...powers] }] as const;
  }));
}
