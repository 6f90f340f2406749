import type { Credentials } from "../../aws/client/credentials.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { readCurrent } from "../../store/current_file.ts";
import { resolveTarget } from "../../store/resolve_target.ts";
import type { StoreHost } from "../../store/replace.ts";
import { type CredentialFileEdit, editCredentialFile } from "./credential_file_edit.ts";
import type { CredentialPlace } from "./credential_file_place.ts";
import {
  credentialsIn,
  regionIn,
  withCredentials,
  withoutCredentials,
  withoutRegion,
  withRegion,
} from "./credential_file_text.ts";
import { type FileProblem, fileProblem } from "./file_problem.ts";

// As the Go atmos writes it where nobody has said a region.
const DEFAULT_REGION = "us-east-1";
const VARIABLE = "ATMOS_XDG_CONFIG_HOME";

interface StoredCredentials {
  /** Perhaps expired: `expiration` says. */
  readonly credentials: Credentials;
  readonly region: string | undefined;
}

interface CredentialsRead {
  /** undefined: there are none, or they cannot be read. */
  readonly stored: StoredCredentials | undefined;
  /** undefined: nothing is wrong, there may simply be no file. */
  readonly problem: FileProblem | undefined;
}

interface CredentialsToStore {
  readonly place: CredentialPlace;
  readonly credentials: Credentials;
  readonly region: string | undefined;
}

const NOTHING: CredentialsRead = { stored: undefined, problem: undefined };

/** What an earlier login left. A file that cannot be used is no error but a problem. Permissions: read, sys (uid). */
export function readStoredCredentials(host: Needs<"read" | "sys">, place: CredentialPlace): CredentialsRead {
  const { profile } = place;
  try {
    const credentials = credentialsIn(readFileText(host, place.credentials), { profile, path: place.credentials });
    return credentials === undefined ? NOTHING : withRegionOf(host, { place, credentials });
  } catch (error) {
    return {
      stored: undefined,
      problem: fileProblem(error, { verb: "read credentials", path: place.credentials, variable: VARIABLE }),
    };
  }
}

/**
 * Writes an identity's sections; what others have in the files stays. Gives back why that could not be done: the
 * credentials are good all the same. Permissions: read, write, sys (uid).
 */
export async function writeStoredCredentials(
  host: StoreHost,
  { place, credentials, region = DEFAULT_REGION }: CredentialsToStore,
): Promise<FileProblem | undefined> {
  const { profile } = place;
  return await attempt(host, { path: place.config, edit: (old) => withRegion(old, { profile, region }) }) ??
    await attempt(host, { path: place.credentials, edit: (old) => withCredentials(old, { profile, credentials }) });
}

/**
 * Removes exactly that identity's sections, and a file in which nothing is left. Gives back why that could not be done,
 * for each file. Permissions: read, write, sys (uid).
 */
export async function removeStoredCredentials(
  host: StoreHost,
  { credentials, config, profile }: CredentialPlace,
): Promise<readonly FileProblem[]> {
  const problems = [
    await attemptIfThere(host, { path: credentials, edit: (old) => withoutCredentials(old, profile) }),
    await attemptIfThere(host, { path: config, edit: (old) => withoutRegion(old, profile) }),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function withRegionOf(
  host: Needs<"read" | "sys">,
  { place, credentials }: Omit<CredentialsToStore, "region">,
): CredentialsRead {
  const { config: path, profile } = place;
  try {
    const region = regionIn(readFileText(host, path), { profile, path });
    return { stored: { credentials, region }, problem: undefined };
  } catch (error) {
    const problem = fileProblem(error, { verb: "read the region", path, variable: VARIABLE });
    return { stored: { credentials, region: undefined }, problem };
  }
}

/** Returns the text of a file; "" when it is not there. FileErrors. Permissions: read, sys. */
export function readFileText(host: Needs<"read" | "sys">, path: string): string {
  const found = readCurrent(host, resolveTarget(host, path));
  return found === undefined ? "" : decodeUtf8(found.bytes);
}

async function attempt(
  host: StoreHost,
  { path, edit }: CredentialFileEdit,
): Promise<FileProblem | undefined> {
  try {
    await editCredentialFile(host, { path, edit });
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "write credentials", path, variable: VARIABLE });
  }
}

async function attemptIfThere(host: StoreHost, change: CredentialFileEdit): Promise<FileProblem | undefined> {
  try {
    if (host.read.stat(change.path) === undefined) return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "read credentials", path: change.path, variable: VARIABLE });
  }
  return await attempt(host, change);
}
