import type { Credentials } from "../../aws/client/credentials.ts";
import type { StoreHost } from "../../store/replace.ts";
import { CONFIG_HOME_VARIABLE, readFileText, type StoredLocation } from "./credential_file.ts";
import { type CredentialFileEdit, editCredentialFile } from "./credential_file_edit.ts";
import { choosePlace, isOtherPrincipal, listOtherPrincipals, mayReplace } from "./choose_place.ts";
import type { CredentialLocation } from "./credential_file_place.ts";
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

/** Another process has stored another one's credentials since the place was chosen. */
class PlaceTaken extends Error {}

/** More processes than that do not log in as the same identity at the same time. */
const MOST_TRIES = 20;

/**
 * Writes an identity's sections, and returns where; what others have in the files stays. Where credentials of another
 * fingerprint, account or principal have the place, these get one of their own, and the former ones of this fingerprint are
 * for programs that have their place alone. Permissions: read, write, sys (uid).
 */
export async function writeStoredCredentials(host: StoreHost, input: CredentialsToStore): Promise<Written> {
  for (let tries = 1;; tries++) {
    const place = await choosePlace(host, input);
    try {
      return { place, problem: await retireOthers(host, input) ?? await writeAt(host, { ...input, place }) };
    } catch (error) {
      if (!(error instanceof PlaceTaken) || tries === MOST_TRIES) throw error;
    }
  }
}

async function retireOthers(host: StoreHost, input: CredentialsToStore): Promise<FileProblem | undefined> {
  const { fingerprint, credentials } = input;
  for (const { profile, credentials: path } of listOtherPrincipals(host, input)) {
    const edit = (old: string) => {
      const found = findStored(old, { profile, path, fingerprint });
      if (!isOtherPrincipal(found, credentials)) return old;
      return withFormer(old, { profile, credentials: found.credentials, fingerprint });
    };
    const problem = await attempt(host, { path, edit });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function writeAt(host: StoreHost, input: CredentialsToStore): Promise<FileProblem | undefined> {
  const { place: { profile, credentials: path, config }, fingerprint, region = DEFAULT_REGION } = input;
  const stored = { credentials: input.credentials, configuration: input.configuration };
  const unlessTaken = (text: string) => {
    if (!mayReplace(findStored(text, { profile, path, fingerprint }), input.credentials)) throw new PlaceTaken();
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
