import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { configHome, join } from "../../store/paths.ts";
import { readStoredCredentials } from "../files/credential_file.ts";
import { credentialDirectories } from "./logout_directories.ts";

/** Returns the realms in which an identity of that name has logged in; none without HOME. Permissions: read, env, sys. */
export function findStoredRealms(host: Needs<"read" | "env" | "sys">, identity: string): readonly string[] {
  const home = configHome(host);
  if (home === undefined) return [];
  return namesIn(host, join(home, "atmos")).filter((realm) =>
    credentialDirectories(host, { realm, provider: undefined }).some((directory) => hasLogin(host, directory, identity))
  );
}

function hasLogin(host: Needs<"read" | "sys">, directory: string, identity: string): boolean {
  const place = {
    credentials: join(directory, "credentials"),
    config: join(directory, "config"),
    profile: identity.toLowerCase(),
  };
  // Of whatever configuration they are.
  const { stored, isOutdated } = readStoredCredentials(host, { place, fingerprint: "" });
  return stored !== undefined || isOutdated;
}

function namesIn(host: Needs<"read">, directory: string): readonly string[] {
  try {
    return host.read.list(directory);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
