import { entrySources } from "../../auth/model/entry_sources.ts";
import { NOTHING_FOUND, withFoundIdentities } from "../../auth/model/found_identities.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import { findOwnChanges } from "../../config/own_changes.ts";
import type { Power } from "../../config/schema/powers.ts";
import type { LocatedMap } from "../../config/values/located.ts";
import type { Needs } from "../../host/host.ts";

interface ConfigChangesInput {
  readonly config: Pick<LoadedConfig, "own">;
  /** The whole configuration, with the identities that logins have found. */
  readonly root: LocatedMap;
}

/**
 * Returns what others change of the user's own logins, those that were found by them too, as powers that whatever is used
 * then depends on. Permissions: env, read, sys.
 */
export async function findConfigChanges(
  host: Needs<"env" | "read" | "sys">,
  { config: { own }, root }: ConfigChangesInput,
): Promise<readonly Power[]> {
  if (own === undefined) return [];
  const { root: alone, found } = own.own.entries.has("auth")
    ? await withFoundIdentities(host, own.own)
    : { root: own.own, found: NOTHING_FOUND };
  const awaitsFound = found.providers.some(({ isAsked }) => !isAsked);
  const sources = entrySources(root);
  return findOwnChanges({ ...own, own: alone, root, sources, awaitsFound });
}
