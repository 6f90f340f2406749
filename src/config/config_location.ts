import type { Needs } from "../host/host.ts";
import { basename, dirname, isAbsolute, join } from "../store/paths.ts";
import { CONFIG_NAMES, resolveLinks } from "./files/file_checks.ts";
import { findSources, type Source, type SourceHost } from "./sources.ts";
import { isTrustedPlace } from "./trust/trusted_places.ts";
import { filesIn } from "./values/files_in.ts";
import type { LocatedMap } from "./values/located.ts";

type LocationHost = SourceHost & Needs<"sys">;

/**
 * Returns what tells the configuration of logins from all others: the directory of its strongest file, links resolved, or
 * that file where it has a name of its own; undefined where there is none. What the user's own files alone say of logins
 * is theirs in whatever working tree. Errors as findSources. Permissions: read, env, sys.
 */
export function configLocation(
  host: LocationHost,
  { root, ...input }: Parameters<typeof findSources>[1] & { readonly root: LocatedMap },
): string | undefined {
  const sources = findSources(host, input);
  const own = isUsersOwn(host, root) ? sources.findLast(({ file }) => file && isTrustedPlace(host, file)) : undefined;
  const strongest = own ?? sources.at(-1);
  return strongest && locationOf(host, strongest);
}

/** Variables are the user's, too. */
function isUsersOwn(host: LocationHost, root: LocatedMap): boolean {
  const auth = root.entries.get("auth");
  const files = auth === undefined ? [] : [auth.key.file, ...filesIn(auth.value)];
  return [...new Set(files)].filter(isAbsolute).every((file) => isTrustedPlace(host, file));
}

function locationOf(host: Needs<"read">, { file, directory }: Source): string {
  if (file === undefined) return resolveLinks(host, directory);
  const real = resolveLinks(host, dirname(file));
  return CONFIG_NAMES.includes(basename(file)) ? real : join(real, basename(file));
}
