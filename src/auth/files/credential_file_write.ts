import { type Credentials, isOfAnother } from "../../aws/client/credentials.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { StoreHost } from "../../store/replace.ts";
import { CONFIG_HOME_VARIABLE, readFileText, type StoredLocation } from "./credential_file.ts";
import { type CredentialFileEdit, editCredentialFile } from "./credential_file_edit.ts";
import { type CredentialLocation, isOwnPlace, makeOwnPlace } from "./credential_file_place.ts";
import { findStored } from "./credential_file_text.ts";
import { withCredentials, withFormer, withoutCredentials, withoutRegion, withRegion } from "./credential_sections.ts";
import { type FileProblem, fileProblem } from "./file_problem.ts";

// As the Go atmos writes it where no region is set.
const DEFAULT_REGION = "us-east-1";
interface CredentialsToStore extends StoredLocation {
  readonly credentials: Credentials;
  readonly region: string | undefined;
  /** By what the configuration that stores them is known. */
  readonly configuration?: string | undefined;
}

interface Written {
  /** Where they are now. */
  readonly place: CredentialLocation;
  /** Why they are not there: the credentials are good all the same. */
  readonly problem: FileProblem | undefined;
}

/** Another process has stored another fingerprint's credentials since the place was chosen. */
class PlaceTaken extends Error {}

/** What is stored is of the same fingerprint, and of another account or principal: its login had decided that. */
class PrincipalMoved extends Error {
  constructor(readonly former: Credentials) {
    super();
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
    if (error instanceof PrincipalMoved) return await writeBesideFormer(host, { ...input, former: error.former });
    if (!(error instanceof PlaceTaken)) throw error;
    return await writeStoredCredentials(host, { ...input, place: makeOwnPlace(place, fingerprint) });
  }
}

/** Programs that have the place of the former ones keep these, until they expire. */
async function writeBesideFormer(
  host: StoreHost,
  { former, ...input }: CredentialsToStore & { readonly former: Credentials },
): Promise<Written> {
  const { place: { credentials: path, profile }, fingerprint, credentials: { account, principal } } = input;
  const own = makeOwnPlace(input.place, `${fingerprint}-${await sha256Hex(JSON.stringify([account, principal]))}`);
  const edit = (old: string) => withFormer(old, { profile, credentials: former, fingerprint });
  return { place: own, problem: await attempt(host, { path, edit }) ?? await writeAt(host, { ...input, place: own }) };
}

async function writeAt(host: StoreHost, input: CredentialsToStore): Promise<FileProblem | undefined> {
  const { place: { profile, credentials: path, config }, fingerprint, region = DEFAULT_REGION } = input;
  const stored = { credentials: input.credentials, configuration: input.configuration };
  const unlessTaken = (text: string) => {
    const found = findStored(text, { profile, path, fingerprint });
    if (!isOwnPlace(input.place) && found?.isTaken) throw new PlaceTaken();
    const isMoved = found?.isForFingerprint && isOfAnother(found.credentials, input.credentials);
    if (isMoved) throw new PrincipalMoved(found.credentials);
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
  { credentials, config, profile }: CredentialLocation,
): Promise<readonly FileProblem[]> {
  const problems = [
    await attemptIfThere(host, { path: credentials, edit: (old) => withoutCredentials(old, profile) }),
    await attemptIfThere(host, { path: config, edit: (old) => withoutRegion(old, profile) }),
  ];
  return problems.filter((problem) => problem !== undefined);
}

async function attempt(
  host: StoreHost,
  { path, edit }: CredentialFileEdit,
): Promise<FileProblem | undefined> {
  try {
    await editCredentialFile(host, { path, edit });
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "write credentials", path, variable: CONFIG_HOME_VARIABLE });
  }
}

async function attemptIfThere(host: StoreHost, change: CredentialFileEdit): Promise<FileProblem | undefined> {
  try {
    if (host.read.stat(change.path) === undefined) return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "read credentials", path: change.path, variable: CONFIG_HOME_VARIABLE });
  }
  return await attempt(host, change);
}
