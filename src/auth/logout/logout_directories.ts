import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { listOwnDirectories } from "../files/credential_file_place.ts";
import { REALM_FORM } from "../model/realm.ts";
import { configHome, join } from "../../store/paths.ts";

type LookHost = Needs<"read" | "env">;

/** A provider's name may have slashes, but not this many. */
const DEEPEST = 8;

interface RealmDirectory {
  readonly realm: string;
  /** undefined: of every provider there ever was. */
  readonly provider: string | undefined;
}

/** The directories in which logins of a realm keep credentials; none without HOME. Permissions: read, env. */
export function credentialDirectories(host: LookHost, { realm, provider }: RealmDirectory): readonly string[] {
  const home = configHome(host);
  if (home === undefined) return [];
  const root = join(home, "atmos", realm, "aws");
  if (provider === undefined) return below(host, { path: root, depth: 0 });
  const directory = join(root, provider.toLowerCase());
  return [directory, ...listOwnDirectories(host, directory)];
}

/** Returns the realms in which logins have kept anything; none without HOME. Permissions: read, env. */
export function findStoredRealms(host: LookHost): readonly string[] {
  const home = configHome(host);
  if (home === undefined) return [];
  const root = join(home, "atmos");
  const isRealm = (name: string) => host.read.lstat(join(root, name, "aws"))?.isDirectory === true;
  return joinNames(host, root).filter((name) => REALM_FORM.test(name) && isRealm(name));
}

/** Links are not followed: what lies elsewhere is not the realm's. */
function below(host: LookHost, { path, depth }: { readonly path: string; readonly depth: number }): readonly string[] {
  if (depth > DEEPEST) return [];
  return joinNames(host, path).map((name) => join(path, name))
    .filter((one) => host.read.lstat(one)?.isDirectory === true)
    .flatMap((one) => [one, ...below(host, { path: one, depth: depth + 1 })]);
}

/** What is closed to us has no login of ours; that the disk fails says nothing of what is there. */
function joinNames(host: LookHost, path: string): readonly string[] {
  try {
    return host.read.list(path);
  } catch (error) {
    if (isFileError(error, "not-found", "denied", "not-allowed", "not-a-directory", "loop")) return [];
    throw error;
  }
}
