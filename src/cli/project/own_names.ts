import type { AuthModel } from "../../auth/model/model.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import { textAt, valueAt } from "../../config/values/look_up.ts";

/** Returns the identities of the user's own files, where others say something, too, and what they call their accounts. */
export function readOwnNames({ own }: Pick<LoadedConfig, "own">): Pick<AuthModel, "ownNames"> {
  const identities = own && valueAt(own.own, ["auth", "identities"]);
  if (identities?.kind !== "map") return {};
  const named = [...identities.entries].map(([name, { value }]) =>
    [name.toLowerCase(), textAt(value, ["principal", "account", "name"])] as const
  );
  return { ownNames: new Map(named) };
}
