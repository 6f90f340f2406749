import { type Credentials, isOfAnother } from "../../aws/client/credentials.ts";
import { decodeUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { readCurrent } from "../../store/current_file.ts";
import { RefusedFile } from "../../store/explain_file_error.ts";
import { resolveOwnTarget } from "../../store/own_directories.ts";
import { refuseShared } from "../../store/links/resolve_target.ts";
import { type CredentialLocation, listOwnPlaces, makeOwnPlace } from "./credential_file_place.ts";
import { findStored, regionIn } from "./credential_file_text.ts";
import { type FileProblem, fileProblem } from "./file_problem.ts";

export const CONFIG_HOME_VARIABLE = "ATMOS_XDG_CONFIG_HOME";

interface StoredCredentials {
  /** Perhaps expired: `expiration` says. */
  readonly credentials: Credentials;
  readonly region: string | undefined;
}

/** Where an identity's credentials are, and what they must be. */
export interface StoredLocation {
  readonly place: CredentialLocation;
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

const NOTHING: CredentialsRead = { stored: undefined, isOutdated: false, problem: undefined };

/**
 * Returns what an earlier login left, provided that it was for the same fingerprint. A file that cannot be used is no
 * error but a problem. Permissions: read, sys (uid).
 */
export function readStoredCredentials(host: Needs<"read" | "sys">, stored: StoredLocation): CredentialsRead {
  return readPlace(host, stored).read;
}

interface StoredFileRead {
  readonly read: CredentialsRead;
  /** Whether another fingerprint has the place. */
  readonly isTaken: boolean;
}

function readPlace(host: Needs<"read" | "sys">, { place, fingerprint }: StoredLocation): StoredFileRead {
  const { profile, credentials: path } = place;
  try {
    const stored = findStored(readFileText(host, path), { profile, path, fingerprint });
    if (stored === undefined) return { read: NOTHING, isTaken: false };
    const { credentials, isForFingerprint, isTaken } = stored;
    if (isForFingerprint) return { read: withRegionOf(host, { place, credentials }), isTaken };
    const { account } = credentials;
    const outdated = account === undefined ? {} : { outdatedAccount: account };
    return { read: { ...NOTHING, isOutdated: true, ...outdated }, isTaken };
  } catch (error) {
    const problem = fileProblem(error, { verb: "read credentials", path, variable: CONFIG_HOME_VARIABLE });
    return { read: { ...NOTHING, problem }, isTaken: false };
  }
}

/**
 * Returns where the credentials of a fingerprint are, with what is stored there, or where they would be stored: the
 * usual place, unless another fingerprint has it. Where two logins at once have left two principals, neither is meant.
 */
export function locateStoredCredentials(
  host: Needs<"read" | "sys">,
  { place, fingerprint }: StoredLocation,
): CredentialsRead & { readonly place: CredentialLocation } {
  const { read: usual, isTaken } = readPlace(host, { place, fingerprint });
  const others = listOwnPlaces(host, { place, fingerprint }).map((own) => ({
    ...readStoredCredentials(host, { place: own, fingerprint }),
    place: own,
  }));
  const [found, ...more] = [{ ...usual, place }, ...others].filter(({ stored }) => stored !== undefined);
  const free = isTaken ? makeOwnPlace(place, fingerprint) : place;
  if (found === undefined) return { ...usual, place: free };
  const isDoubtful = more.some(({ stored }) => isOfAnother(stored!.credentials, found.stored!.credentials));
  return isDoubtful ? { ...NOTHING, isOutdated: true, place: free } : found;
}

function withRegionOf(
  host: Needs<"read" | "sys">,
  { place, credentials }: { readonly place: CredentialLocation; readonly credentials: Credentials },
): CredentialsRead {
  const { config: path, profile } = place;
  try {
    const region = regionIn(readFileText(host, path), { profile, path });
    return { ...NOTHING, stored: { credentials, region } };
  } catch (error) {
    const problem = fileProblem(error, { verb: "read the region", path, variable: CONFIG_HOME_VARIABLE });
    // The AWS CLI would run what such a file names.
    if (error instanceof RefusedFile) return { ...NOTHING, problem };
    return { ...NOTHING, stored: { credentials, region: undefined }, problem };
  }
}

/**
 * Returns the text of a file; "" when it does not exist. FileErrors, RefusedFile for one that another user owns or may
 * write to. Permissions: read, sys.
 */
export function readFileText(host: Needs<"read" | "sys">, path: string): string {
  const target = resolveOwnTarget(host, path);
  const found = readCurrent(host, target);
  if (found === undefined) return "";
  refuseShared(host, { path: target, found: found.stat });
  return decodeUtf8(found.bytes);
}
