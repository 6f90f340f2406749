import type { Needs } from "../host/host.ts";
import { isAbsolute } from "../store/paths.ts";
import type { Source } from "./sources.ts";
import { isTrustedPlace } from "./trust/trusted_places.ts";
import { filesIn } from "./values/files_in.ts";
import type { LocatedMap } from "./values/located.ts";

/**
 * Returns the sources that logins are of, the weakest first: the user's own alone where nothing else says anything of
 * logins, so that a later commit in a working tree does not count, and all of them where something does. Permissions:
 * read, env, sys.
 */
export function loginSources(
  host: Needs<"read" | "env" | "sys">,
  { sources, root }: { readonly sources: readonly Source[]; readonly root: LocatedMap },
): readonly Source[] {
  const own = isUsersOwn(host, root) ? sources.filter(({ file }) => file && isTrustedPlace(host, file)) : [];
  return own.length > 0 ? own : sources;
}

/** Variables are the user's, too. */
function isUsersOwn(host: Needs<"read" | "env" | "sys">, root: LocatedMap): boolean {
  const auth = root.entries.get("auth");
  const files = auth === undefined ? [] : [auth.key.file, ...filesIn(auth.value)];
  return [...new Set(files)].filter(isAbsolute).every((file) => isTrustedPlace(host, file));
}
