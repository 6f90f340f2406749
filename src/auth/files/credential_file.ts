import type { Credentials } from "../../aws/client/credentials.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { readCurrent } from "../../store/current_file.ts";
import { resolveTarget } from "../../store/resolve_target.ts";
import type { StoreHost } from "../../store/replace.ts";
import { type CredentialFileEdit, editCredentialFile } from "./credential_file_edit.ts";
import { type CredentialPlace, isOwnPlace, ownPlace } from "./credential_file_place.ts";
import {
  credentialsIn,
  isStoredFor,
  isTaken,
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

/** Where an identity's credentials are, and what they must be. */
export interface StoredPlace {
  readonly place: CredentialPlace;
  /** Of its chain, as configured now. */
  readonly fingerprint: string;
}

export interface CredentialsRead {
  /** undefined: there are none for that fingerprint, or they cannot be read. */
  readonly stored: StoredCredentials | undefined;
  /** Whether there are others: of an earlier configuration, or of a program that does not say what they are. */
  readonly isOutdated: boolean;
  /** The account that these others are of, where that is known. */
  readonly outdatedAccount?: string | undefined;
  /** undefined: nothing is wrong, there may simply be no file. */
  readonly problem: FileProblem | undefined;
}

interface CredentialsToStore extends StoredPlace {
  readonly credentials: Credentials;
  readonly region: string | undefined;
  /** By what the configuration that stores them is known. */
  readonly configuration?: string | undefined;
}

interface Written {
  /** Where they are now. */
  readonly place: CredentialPlace;
  /** Why they are not there: the credentials are good all the same. */
  readonly problem: FileProblem | undefined;
}

/** Another process has stored another fingerprint's credentials since the place was chosen. */
class PlaceTaken extends Error {}

const NOTHING: CredentialsRead = { stored: undefined, isOutdated: false, problem: undefined };

/**
 * Returns what an earlier login left, provided that it was for the same fingerprint. A file that cannot be used is no
 * error but a problem. Permissions: read, sys (uid).
 */
export function readStoredCredentials(
  host: Needs<"read" | "sys">,
  { place, fingerprint }: StoredPlace,
): CredentialsRead {
  const { profile, credentials: path } = place;
  try {
    const text = readFileText(host, path);
    const credentials = credentialsIn(text, { profile, path });
    if (credentials === undefined) return NOTHING;
    if (!isStoredFor(text, { profile, path, credentials, fingerprint })) {
      const { account } = credentials;
      return { ...NOTHING, isOutdated: true, ...(account === undefined ? {} : { outdatedAccount: account }) };
    }
    return withRegionOf(host, { place, credentials });
  } catch (error) {
    return { ...NOTHING, problem: fileProblem(error, { verb: "read credentials", path, variable: VARIABLE }) };
  }
}

/**
 * Writes an identity's sections, and returns where; what others have in the files stays. Where credentials of another
 * fingerprint have the place, these get one of their own. Permissions: read, write, sys (uid).
 */
export async function writeStoredCredentials(host: StoreHost, input: CredentialsToStore): Promise<Written> {
  const { place, fingerprint } = input;
  try {
    return { place, problem: await writeAt(host, input) };
  } catch (error) {
    if (!(error instanceof PlaceTaken)) throw error;
    const own = ownPlace(place, fingerprint);
    return { place: own, problem: await writeAt(host, { ...input, place: own }) };
  }
}

async function writeAt(host: StoreHost, input: CredentialsToStore): Promise<FileProblem | undefined> {
  const { place: { profile, credentials: path, config }, fingerprint, region = DEFAULT_REGION } = input;
  const stored = { credentials: input.credentials, configuration: input.configuration };
  const unlessTaken = (text: string) => {
    if (!isOwnPlace(input.place) && isTaken(text, { profile, path, fingerprint })) throw new PlaceTaken();
    return text;
  };
  return await attempt(host, {
    path: config,
    edit: (old) => (unlessTaken(readFileText(host, path)), withRegion(old, { profile, region })),
  }) ?? await attempt(host, {
    path,
    edit: (old) => withCredentials(unlessTaken(old), { ...stored, profile, fingerprint }),
  });
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

/**
 * Returns where the credentials of a fingerprint are, with what is stored there, or where they would be stored: the
 * usual place, unless another fingerprint has it.
 */
export function locateStoredCredentials(
  host: Needs<"read" | "sys">,
  { place, fingerprint }: StoredPlace,
): CredentialsRead & { readonly place: CredentialPlace } {
  const usual = readStoredCredentials(host, { place, fingerprint });
  if (usual.stored !== undefined) return { ...usual, place };
  const own = ownPlace(place, fingerprint);
  const found = readStoredCredentials(host, { place: own, fingerprint });
  if (found.stored !== undefined) return { ...found, place: own };
  return { ...usual, place: usual.isOutdated && isTakenAt(host, { place, fingerprint }) ? own : place };
}

function isTakenAt(host: Needs<"read" | "sys">, { place, fingerprint }: StoredPlace): boolean {
  const { profile, credentials: path } = place;
  return isTaken(readFileText(host, path), { profile, path, fingerprint });
}

function withRegionOf(
  host: Needs<"read" | "sys">,
  { place, credentials }: Pick<CredentialsToStore, "place" | "credentials">,
): CredentialsRead {
  const { config: path, profile } = place;
  try {
    const region = regionIn(readFileText(host, path), { profile, path });
    return { ...NOTHING, stored: { credentials, region } };
  } catch (error) {
    const problem = fileProblem(error, { verb: "read the region", path, variable: VARIABLE });
    return { ...NOTHING, stored: { credentials, region: undefined }, problem };
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
