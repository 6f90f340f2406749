import { valueAt } from "../../../config/values/look_up.ts";
import type { Needs } from "../../../host/host.ts";
import type { Sourced } from "../../../stacks/eks_target.ts";
import type { AuthOf } from "../../project/load.ts";
import type { Globals } from "../../args/global_flags.ts";

export interface IdentitySourceInput {
  readonly auth: AuthOf;
  readonly globals: Pick<Globals, "identity">;
}

/** The identity that is used for a component, and what says so; undefined when none is, or it is still to be chosen. */
export function identitySource(
  { env }: Needs<"env">,
  { auth: { config, model }, globals: { identity } }: IdentitySourceInput,
): Sourced | undefined {
  if (identity !== undefined && identity !== "") {
    const by = env.get("ATMOS_IDENTITY") === identity ? "ATMOS_IDENTITY" : "--identity";
    return { value: identity, by, place: undefined };
  }
  const all = [...model.identities.values()];
  const [chosen, ...others] = all.filter(({ isDefault }) => isDefault);
  if (chosen !== undefined && others.length === 0) {
    const path = ["auth", "identities", chosen.name, "default"];
    return { value: chosen.name, by: path.join("."), place: valueAt(config.root, path)?.place };
  }
  const [only] = all;
  if (only === undefined || all.length > 1) return undefined;
  return { value: only.name, by: "the only identity", place: only.place };
}
