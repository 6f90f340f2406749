import type { Needs } from "../../host/host.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { refuseSharedWay } from "../../store/own_directories.ts";
import { readPrivate } from "../../store/private_cache.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { removeIfThere } from "../../store/write_beside.ts";
import { type FileProblem, fileProblem } from "./file_problem.ts";
import { type FoundIdentities, parseFoundIdentities, renderFoundIdentities } from "./found_identities_text.ts";
import { ssoSessionKey, type SsoSessionName } from "./sso_session_place.ts";

interface SessionLocation {
  /** The provider's name. */
  readonly provider: string;
  readonly session: SsoSessionName;
}

/** A thousand accounts with ten permission sets each. */
const MOST_BYTES = 8 * 2 ** 20;
const FILE = "provisioned-identities.yaml";
const VARIABLE = "ATMOS_XDG_CACHE_HOME";

/**
 * Returns the files that may have what a provider's login has found: that of the Go atmos, which is named after the
 * provider alone, and one for this session, where another configuration has a provider of that name. Permission: env.
 */
export async function listFoundIdentitiesPaths(host: Needs<"env">, place: SessionLocation): Promise<readonly string[]> {
  const home = cacheHome(host);
  if (home === undefined) return [];
  const name = place.provider.trim().toLowerCase().replaceAll(/[/\\]/g, "_") || "_";
  const names = [name, `${name}@${await ssoSessionKey(place.session)}`];
  return names.map((one) => join(home, "atmos", "auth", one, FILE));
}

/** Returns what the last login has found, and in which file; undefined for nothing. Permissions: env, read, sys (uid). */
export async function readFoundIdentities(
  host: Needs<"env" | "read" | "sys">,
  place: SessionLocation,
): Promise<(FoundIdentities & { readonly path: string }) | undefined> {
  for (const path of await listFoundIdentitiesPaths(host, place)) {
    const found = await readAt(host, path);
    if (found !== undefined && isSame(found.session, place.session)) return { ...found, path };
  }
  return undefined;
}

/** Stores it for the next run, in the file that is this session's. Permissions: env, read, write, sys (uid). */
export async function writeFoundIdentities(
  host: StoreHost & Needs<"env">,
  { provider, ...found }: FoundIdentities & Pick<SessionLocation, "provider">,
): Promise<FileProblem | undefined> {
  const [shared, own] = await listFoundIdentitiesPaths(host, { provider, session: found.session });
  if (shared === undefined || own === undefined) {
    return {
      message: "Cannot write the identities that were found: HOME is not set",
      hint: `Set HOME or ${VARIABLE}`,
    };
  }
  const there = await readAt(host, shared);
  const path = there === undefined || isSame(there.session, found.session) ? shared : own;
  const bytes = encodeUtf8(await renderFoundIdentities({ provider, ...found }));
  try {
    await update(host, { path, isOwn: true, mode: 0o600, leavesNothing: true, edit: () => bytes });
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "write the identities that were found", path, variable: VARIABLE });
  }
}

/** Returns every file of what logins have found, of whatever configuration. Permissions: env, read. */
export function everyFoundIdentitiesPath(host: Needs<"env" | "read">): readonly string[] {
  const home = cacheHome(host);
  const directory = home === undefined ? undefined : join(home, "atmos", "auth");
  const isDirectory = (path: string) => host.read.lstat(path)?.isDirectory === true;
  if (directory === undefined || !isDirectory(directory)) return [];
  const below = host.read.list(directory).map((name) => join(directory, name)).filter(isDirectory);
  return below.map((one) => join(one, FILE)).filter((path) => host.read.lstat(path) !== undefined);
}

/** Removes such a file; gives back why that is not possible. Permissions: read, write, sys (uid). */
export function removeFoundIdentities(host: StoreHost, path: string): FileProblem | undefined {
  try {
    refuseSharedWay(host, path);
    removeIfThere(host, path);
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "remove the identities that were found", path, variable: VARIABLE });
  }
}

async function readAt(host: Needs<"read" | "sys">, path: string): Promise<FoundIdentities | undefined> {
  const found = readPrivate(host, path, MOST_BYTES);
  return found === undefined || "fault" in found ? undefined : await parseFoundIdentities(lenientUtf8(found.bytes));
}

function isSame(one: SsoSessionName, other: SsoSessionName): boolean {
  return one.startUrl === other.startUrl && one.region === other.region && one.endpointUrl === other.endpointUrl;
}
