import { resolveRealm } from "../../auth/model/realm.ts";
import { configLocation } from "../../config/config_location.ts";
import { findDirectoryNamed } from "../../config/load_config.ts";
import type { SourceHost } from "../../config/sources.ts";
import type { Needs } from "../../host/host.ts";
import type { Author } from "../../integrations/contract/author.ts";
import { type ConfigGlobals, configInput } from "../project/config_input.ts";
import { type LoadedAuth } from "../project/load.ts";

/** Returns the configuration as the author of what it writes. AppErrors of resolveRealm. Permissions: read, env, sys. */
export async function findAuthor(
  host: SourceHost & Needs<"sys">,
  { globals, config, model }: Pick<LoadedAuth, "config" | "model"> & { readonly globals: ConfigGlobals },
): Promise<Author> {
  const directory = findDirectoryNamed(config);
  const { value: realm } = await resolveRealm(host, { configured: model.realm, directory });
  const { root, ownFiles } = config;
  return {
    location: directory === undefined ? undefined : configLocation(host, { ...configInput(globals), root, ownFiles }),
    realm,
  };
}
