import { entrySources, withSource } from "../../auth/model/entry_sources.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import { addPowers } from "../../auth/model/added_powers.ts";
import { isUser } from "../../auth/kinds/identities/registry.ts";
import type { Identity } from "../../auth/model/model.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import type { Power } from "../../config/schema/powers.ts";
import { isEmpty } from "../../config/schema/plain_value.ts";
import { valueAt } from "../../config/values/look_up.ts";
import { dottedPath } from "../../formats/text/dotted_path.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { Secret } from "../../secret.ts";

/**
 * Returns the identities, with a power for each whose access keys would be looked for among those that were stored with
 * the user's own configuration though others describe it: there may be some of that name, of an identity that is not
 * loaded now. Permissions: env, read, sys.
 */
export function withStoredKeys(
  { model, config, root }: {
    readonly model: ConfigModel;
    readonly config: Pick<LoadedConfig, "loginDirectory" | "ownFiles" | "root">;
    /** The whole configuration, with what stacks say of logins. */
    readonly root: LocatedMap;
  },
): ConfigModel {
  const users = [...model.identities.values()].filter((one) => isUser(one) && one.keys === undefined);
  const { ownFiles: own } = config;
  const others = users.filter(({ place }) => !own.has(place.file));
  if (others.length === 0 || !own.has(realmPlace(config))) return model;
  const sources = entrySources(root);
  const found = new Map(
    others.map((one) => [one, [withSource(keyPower(one), sources("identities", one.name))]] as const),
  );
  const powers = [...found.values()].flat();
  return { ...model, identities: addPowers(model.identities, found), powers: [...model.powers, ...powers] };
}

/** The file that says the realm, or the directory that stands for one. */
function realmPlace({ root, loginDirectory }: Pick<LoadedConfig, "loginDirectory" | "root">): string {
  const realm = valueAt(root, ["auth", "realm"]);
  return realm === undefined || isEmpty(realm) ? loginDirectory : realm.place.file;
}

function keyPower({ name, place }: Identity): Power {
  return {
    path: dottedPath(["auth", "identities", name]),
    place,
    content: new Secret("stored keys", { isShown: true }),
    shown: "aws/user",
    reason: "uses access keys that are stored with your own configuration",
  };
}
