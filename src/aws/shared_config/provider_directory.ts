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
 * Returns the credentials file that the environment names, if it is one that logins of this program write:
 * `<realm>/aws/<provider>/credentials`, or in a directory of its own there. Permission: env.
 */
export function findLoginFile(host: Needs<"env">): string | undefined {
  const [home, path] = [configHome(host), host.env.get("AWS_SHARED_CREDENTIALS_FILE")];
  if (home === undefined || path === undefined) return undefined;
  return dirname(dirname(dirname(providerDirectory(path)))) === join(home, "atmos") ? path : undefined;
}
