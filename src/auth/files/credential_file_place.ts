import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { configHome, dirname, join } from "../../store/paths.ts";
import { isOwnDirectory, OWN_PREFIX, providerDirectory } from "../../aws/shared_config/provider_directory.ts";

/** Where the credentials of one identity are, or would be. */
export interface CredentialLocation {
  /** Absolute. */
  readonly credentials: string;
  /** Absolute. */
  readonly config: string;
  /** The profile in both: the identity's name in lower case, as the files are shared with programs that know no other. */
  readonly profile: string;
}

/** What the place of credentials depends on: the provider, else the identity that a chain begins with; its last one. */
interface LocatedChain {
  readonly provider: { readonly name: string } | undefined;
  readonly identities: readonly { readonly name: string; readonly isAmbient: boolean }[];
}

/** undefined for aws/ambient, which has no files, and where there is no HOME. Permission: env. */
export function credentialPlace(
  host: Needs<"env">,
  { realm, chain }: { readonly realm: string; readonly chain: LocatedChain },
): CredentialLocation | undefined {
  const home = configHome(host);
  const segment = providerSegment(chain);
  if (home === undefined || segment === undefined) return undefined;
  return placeIn(join(home, "atmos", realm, "aws", segment), chain.identities.at(-1)!.name.toLowerCase());
}

/** Returns the place of a profile in the files of a directory. */
export function placeIn(directory: string, profile: string): CredentialLocation {
  return { credentials: join(directory, "credentials"), config: join(directory, "config"), profile };
}

/** As many digits as of a realm. */
const DIGITS = 16;

/**
 * Returns where credentials of a fingerprint are stored while an identity of the same name, which is another account or
 * role, has the usual place: a program that was started with that place must not become this one.
 */
export function makeOwnPlace({ credentials, profile }: CredentialLocation, fingerprint: string): CredentialLocation {
  const digits = fingerprint.split("-").map((part) => part === "*" ? "any" : part.slice(0, DIGITS));
  return placeIn(join(providerDirectory(credentials), OWN_PREFIX + digits.join("-")), profile);
}

/** Returns the directories of a provider in which credentials have a place of their own. Permission: read. */
export function listOwnDirectories(host: Needs<"read">, directory: string): readonly string[] {
  try {
    return host.read.list(directory).filter(isOwnDirectory).map((name) => join(directory, name)).filter((path) =>
      host.read.lstat(path)?.isDirectory === true
    );
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

/**
 * Returns the places of a fingerprint besides the usual one: its own, there or not, and those of the accounts and
 * principals that logins have made of it. Permission: read.
 */
export function listOwnPlaces(
  host: Needs<"read">,
  { place, fingerprint }: { readonly place: CredentialLocation; readonly fingerprint: string },
): readonly CredentialLocation[] {
  const own = makeOwnPlace(place, fingerprint);
  const start = `${dirname(own.credentials)}-`;
  const moved = listOwnDirectories(host, providerDirectory(own.credentials)).filter((path) => path.startsWith(start))
    .map((path) => placeIn(path, own.profile));
  return [own, ...moved].filter(({ credentials }) => credentials !== place.credentials);
}

/** Returns whether a place is one of {@link makeOwnPlace}. */
export function isOwnPlace({ credentials }: Pick<CredentialLocation, "credentials">): boolean {
  return isOwnDirectory(dirname(credentials));
}

function providerSegment({ provider, identities }: LocatedChain): string | undefined {
  if (provider !== undefined) return provider.name.toLowerCase();
  if (!identities[0]!.isAmbient) return "aws-user";
  return identities.length === 1 ? undefined : "aws-ambient";
}
