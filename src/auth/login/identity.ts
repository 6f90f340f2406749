import { type Credentials, isValidFor } from "../../aws/client/credentials.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { IDENTITY_CONFIG, IDENTITY_FINGERPRINT, olderShell, recordIdentity } from "../model/inherited_identity.ts";
import { buildChain, type Chain, findChainRegion } from "../model/chain.ts";
import { locateStoredCredentials, readStoredCredentials } from "../files/credential_file.ts";
import type { CredentialLocation } from "../files/credential_file_place.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import type { CredentialSource } from "../environment/environment.ts";
import type { FileProblem } from "../files/file_problem.ts";
import type { AuthModel } from "../model/model.ts";
import { resolveLinks } from "../../config/files/file_checks.ts";
import { basename, dirname, join } from "../../store/paths.ts";
import { type Realm, resolveRealm } from "../model/realm.ts";
import { locateConfiguration, locateStored } from "./locate_stored.ts";

/** An identity as a command names it. */
export interface IdentityTarget {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  readonly identity: string;
}

/** An identity with the place of its credentials, logged in or not. */
export interface LocatedIdentity {
  readonly chain: Chain;
  /** As written in atmos.yaml. */
  readonly name: string;
  readonly realm: Realm;
  /** What tells its configuration's logins from others'. */
  readonly configuration: string;
  readonly region: string | undefined;
  /** Where they are stored, or would be. */
  readonly place: CredentialLocation | undefined;
  /** What its credentials are, as it is configured now. */
  readonly fingerprint: string;
  /** What an earlier login left for this fingerprint, expired or not. */
  readonly stored: Credentials | undefined;
  /** Whether something else is stored under its name, which is not used. */
  readonly isOutdated: boolean;
  /** The account that this is of, where that is known. */
  readonly outdatedAccount?: string | undefined;
  /** Why nothing stored can be read. */
  readonly problem: FileProblem | undefined;
}

/** An identity with credentials to use. */
export interface ActiveIdentity extends LocatedIdentity {
  readonly credentials: Credentials;
  readonly source: CredentialSource;
  /** Whether AWS was asked. */
  readonly renewed: boolean;
}

/** Returns what is known of an identity without asking AWS or its user. Permissions: env, read, sys. */
export async function locateIdentity(
  host: Needs<"env" | "read" | "sys">,
  { model, directory, identity }: IdentityTarget,
): Promise<LocatedIdentity> {
  const chain = buildChain(model, identity);
  const realm = await resolveRealm(host, { configured: model.realm, directory });
  const { stored, ...found } = await locateStored(host, { chain, keyring: model.keyring, realm: realm.value });
  const name = chain.identities.at(-1)!.name;
  const configuration = locateConfiguration({ model, directory });
  return { chain, name, realm, configuration, region: findChainRegion(chain), stored: stored?.credentials, ...found };
}

/**
 * Returns whether an identity is another account or role by now than a shell has recorded of it, or than what is stored
 * under its name where the shell's variables say; false for one that cannot be used.
 */
export async function isAnotherByNow(
  host: Needs<"env" | "read" | "sys">,
  { target, recorded, place }: {
    readonly target: IdentityTarget;
    readonly recorded: string | undefined;
    readonly place: CredentialLocation | undefined;
  },
): Promise<boolean> {
  try {
    const { fingerprint } = await locateIdentity(host, target);
    if (recorded !== undefined && recordIdentity({ name: target.identity, fingerprint }) !== recorded) return true;
    return place !== undefined && readStoredCredentials(host, { place, fingerprint }).isOutdated;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Returns the identity with its stored credentials where they are valid for that long; else undefined. */
export function withStored(
  host: Needs<"clock">,
  located: LocatedIdentity,
  minTtlMs: number,
): ActiveIdentity | undefined {
  const { stored, place } = located;
  if (stored === undefined || place === undefined) return undefined;
  if (!isValidFor(stored, { now: host.clock.now(), ms: minTtlMs })) return undefined;
  const credentials = withAccount(stored, located.chain);
  return { ...located, credentials, source: { kind: "files", place }, renewed: false };
}

/** Earlier versions have stored no account; what is stored is for this very chain. */
function withAccount(stored: Credentials, { identities }: Chain): Credentials {
  const account = stored.account ?? identities.at(-1)!.accountId;
  return account === undefined ? stored : { ...stored, account };
}

/** Returns the same with what is stored by now, since another process may have logged in meanwhile. */
export function withStoredSince(
  host: Needs<"clock" | "read" | "sys">,
  located: LocatedIdentity,
  minTtlMs: number,
): ActiveIdentity | undefined {
  const { place: known, fingerprint } = located;
  if (known === undefined) return undefined;
  const { stored, place } = locateStoredCredentials(host, { place: known, fingerprint });
  return withStored(host, { ...located, place, stored: stored?.credentials }, minTtlMs);
}

/**
 * Refuses an identity for a program whose shell was opened for what was another account or role under its name: kubectl
 * and docker would go on as another identity there.
 *
 * @throws {AppError} login-needed
 */
export function refuseInOlderShell(
  host: Needs<"env" | "read">,
  located: Pick<LocatedIdentity, "name" | "place" | "configuration" | "fingerprint">,
): void {
  if (!isRecordedOtherwise(host, located) && !isStoredOtherwise(host, located)) return;
  throw olderShell(located.name, "Open a new shell, or set this one's variables again");
}

function isRecordedOtherwise(
  host: Needs<"env" | "read">,
  { configuration, ...located }: Pick<LocatedIdentity, "name" | "configuration" | "fingerprint">,
): boolean {
  const { env } = host;
  const location = env.get(IDENTITY_CONFIG);
  // It has no links, but for the last name of a file.
  const isHere = [configuration, resolveLinks(host, configuration), resolveDirectory(host, configuration)].some((one) =>
    one === location
  );
  if (!isHere) return false;
  const recorded = env.get(IDENTITY_FINGERPRINT)?.toLowerCase() ?? "";
  return recorded.endsWith(`:${located.name.toLowerCase()}`) && recorded !== recordIdentity(located).toLowerCase();
}

function resolveDirectory(host: Needs<"read">, path: string): string {
  return join(resolveLinks(host, dirname(path)), basename(path));
}

/** Credentials of a former fingerprint have a file of their own. */
function isStoredOtherwise({ env }: Needs<"env">, { place }: Pick<LocatedIdentity, "place">): boolean {
  const file = env.get("AWS_SHARED_CREDENTIALS_FILE");
  if (place === undefined || file === undefined || env.get("AWS_PROFILE") !== place.profile) return false;
  return file !== place.credentials && providerDirectory(file) === providerDirectory(place.credentials);
}

/** Returns the error of an identity that has nothing valid stored, where its user is not to log in now. */
export function makeLoginNeeded(located: Pick<LocatedIdentity, "name" | "stored" | "isOutdated">): AppError {
  const { name, stored, isOutdated } = located;
  const missing = isOutdated ? "its credentials are of an earlier configuration" : "it is not logged in";
  const stale = stored?.expiration === undefined
    ? "the expiry of its credentials is unknown"
    : "its credentials have expired";
  const found = stored === undefined ? missing : stale;
  return new AppError("login-needed", `Cannot use identity "${name}": ${found}`, {
    hint: ["Log in: ", { kind: "login", identity: name }],
  });
}
