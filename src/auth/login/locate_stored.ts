import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { type CredentialsRead, locateStoredCredentials } from "../files/credential_file.ts";
import { type CredentialLocation, credentialPlace, placeIn } from "../files/credential_file_place.ts";
import { dirname, join } from "../../store/paths.ts";
import { providerDirectory } from "../../aws/shared_config/provider_directory.ts";
import { ANY_AMBIENT } from "../files/credential_file_text.ts";
import type { Chain } from "../model/chain.ts";
import { chainFingerprint } from "../model/fingerprint.ts";
import type { AuthModel } from "../model/model.ts";

/** The variables that say whose credentials the environment has. */
const AMBIENT: readonly string[] = [
  ...["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"],
  ...["AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"],
  ...["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"],
];

interface LocatedCredentials extends CredentialsRead {
  /** Where they are, or would be stored. */
  readonly place: CredentialLocation | undefined;
  /** What they must be. */
  readonly fingerprint: string;
}

/**
 * Returns the credentials that are stored for a chain, as it is configured now. Where it begins with the environment's
 * own credentials, whose these are counts as well; a program that atmos has started no longer sees that, and takes what
 * is stored where its variables say. Permissions: env, read, sys.
 */
export async function locateStored(
  host: Needs<"env" | "read" | "sys">,
  { chain, keyring, realm }: {
    readonly chain: Chain;
    readonly keyring: AuthModel["keyring"];
    readonly realm: string;
  },
): Promise<LocatedCredentials> {
  const usual = credentialPlace(host, { realm, chain });
  const own = await chainFingerprint({ chain, keyring });
  const isAmbient = chain.identities[0]!.isAmbient;
  const around = isAmbient && usual !== undefined ? findPlaceAround(host, usual) : undefined;
  const ambient = async () => around === undefined ? await ambientFingerprint(host) : ANY_AMBIENT;
  const fingerprint = isAmbient ? `${own}-${await ambient()}` : own;
  const place = around ?? usual;
  if (place !== undefined) return { fingerprint, ...locateStoredCredentials(host, { place, fingerprint }) };
  return { fingerprint, place, stored: undefined, isOutdated: false, problem: undefined };
}

/** Returns what tells a configuration's logins from others': the directory of atmos.yaml, or a file with another name. */
export function locateConfiguration(
  { model: { namedFile }, directory = "" }: {
    readonly model: Pick<AuthModel, "namedFile">;
    readonly directory: string | undefined;
  },
): string {
  return namedFile === undefined ? directory : join(directory, namedFile);
}

/** Returns by what a configuration of that location is known in the credentials that it stores. */
export async function configurationMark(location: string): Promise<string> {
  return (await sha256Hex(location)).slice(0, 16);
}

/** Where the environment's own credentials are, if they are those of an identity that is stored beside this one. */
function findPlaceAround(
  { env }: Needs<"env">,
  { credentials, profile }: CredentialLocation,
): CredentialLocation | undefined {
  const file = env.get("AWS_SHARED_CREDENTIALS_FILE");
  if (file === undefined || env.get("AWS_ACCESS_KEY_ID") !== undefined) return undefined;
  return providerDirectory(file) === providerDirectory(credentials) ? placeIn(dirname(file), profile) : undefined;
}

async function ambientFingerprint({ env }: Needs<"env">): Promise<string> {
  return await sha256Hex(JSON.stringify(AMBIENT.map((name) => env.get(name) ?? null)));
}
