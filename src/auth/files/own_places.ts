import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname } from "../../store/paths.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import type { StoreHost } from "../../store/replace.ts";
import { readFileText } from "./credential_file.ts";
import { removeStoredCredentials } from "./credential_file_write.ts";
import { type CredentialLocation, isOwnPlace, listOwnDirectories, placeIn } from "./credential_file_place.ts";
import { credentialsIn } from "./credential_file_text.ts";
import { readIfUsable } from "./file_problem.ts";

/** A shell that still has the variables of credentials which have expired must not become another account or role. */
const RETAINED_MS = 7 * 24 * 3_600_000;

/** Returns every place that credentials of an identity's name may have, the usual one first. Permission: read. */
export function listPlaces(
  host: Needs<"read">,
  { credentials, profile }: CredentialLocation,
): readonly CredentialLocation[] {
  const directory = providerDirectory(credentials);
  return [directory, ...listOwnDirectories(host, directory)].map((one) => placeIn(one, profile));
}

/**
 * Clears away what other configurations have stored under an identity's name and has expired long ago, except at the
 * place that is used. Throws nothing. Permissions: read, write, sys (uid), clock.
 */
export async function clearLeftovers(host: StoreHost & Needs<"clock">, used: CredentialLocation): Promise<void> {
  for (const place of listPlaces(host, used)) {
    const isUsed = place.credentials === used.credentials;
    if (isUsed || !isLongExpired(host, place)) continue;
    const problems = await removeStoredCredentials(host, place);
    if (problems.length === 0) removeEmptyPlace(host, place);
  }
}

function isLongExpired(
  host: Needs<"read" | "sys" | "clock">,
  { credentials: path, profile }: CredentialLocation,
): boolean {
  const credentials = readIfUsable(() => credentialsIn(readFileText(host, path), { profile, path }));
  return credentials?.expiration !== undefined && credentials.expiration + RETAINED_MS < host.clock.now();
}

/** Removes the directory of a place of its own in which nothing is left but locks. Throws nothing. Permissions: read, write. */
export function removeEmptyPlace(host: Needs<"read" | "write">, place: CredentialLocation): void {
  const files = [place.credentials, place.config];
  try {
    if (!isOwnPlace(place) || files.some((path) => host.read.lstat(path) !== undefined)) return;
    files.map((path) => `${path}.lock`).filter((path) => host.read.lstat(path) !== undefined)
      .forEach((path) => host.write.remove(path));
    host.write.remove(dirname(place.credentials));
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}
