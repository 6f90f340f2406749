import type { Needs } from "../../host/host.ts";
import { basename, configHome, dirname, join } from "../../store/paths.ts";

/** Beside the files of a provider: directories of their own for credentials of identities whose name is taken there. */
export const OWN_PREFIX = "fingerprint-";

/** Returns whether a directory is one of those that have the place of one fingerprint. */
export function isOwnDirectory(path: string): boolean {
  return basename(path).startsWith(OWN_PREFIX);
}

/** Returns the directory of the provider that a credentials file is of. */
export function providerDirectory(credentials: string): string {
  const directory = dirname(credentials);
  return isOwnDirectory(directory) ? dirname(directory) : directory;
}

/**
 * Returns the realm of a credentials file that logins of this program write: what tells a configuration's logins from
 * others'. undefined for any other file. Permission: env.
 */
export function findLoginRealm(host: Needs<"env">, credentials: string): string | undefined {
  const home = configHome(host);
  const realm = dirname(dirname(providerDirectory(credentials)));
  return home !== undefined && dirname(realm) === join(home, "atmos") ? basename(realm) : undefined;
}

/**
 * Returns the credentials file that the environment names, if it is one that logins of this program write:
 * `<realm>/aws/<provider>/credentials`, or in a directory of its own there. Permission: env.
 */
export function findLoginFile(host: Needs<"env">): string | undefined {
  const path = host.env.get("AWS_SHARED_CREDENTIALS_FILE");
  return path !== undefined && findLoginRealm(host, path) !== undefined ? path : undefined;
}
