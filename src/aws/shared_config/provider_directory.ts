import { basename, dirname } from "../../store/paths.ts";

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
