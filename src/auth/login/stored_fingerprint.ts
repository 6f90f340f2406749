import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import type { CredentialPlace } from "../files/credential_file_place.ts";
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

/**
 * Returns the fingerprint that stored credentials of the chain have. Where it begins with the environment's own
 * credentials, whose these are counts as well; a program that atmos has started no longer sees that, and takes what is
 * stored there. Permission: env.
 */
export async function storedFingerprint(
  host: Needs<"env">,
  { chain, keyring, place }: {
    readonly chain: Chain;
    readonly keyring: AuthModel["keyring"];
    readonly place: CredentialPlace | undefined;
  },
): Promise<string> {
  const own = await chainFingerprint({ chain, keyring });
  if (!chain.identities[0]!.isAmbient) return own;
  return `${own}-${isOurChild(host, place) ? ANY_AMBIENT : await ambientFingerprint(host)}`;
}

/** Whether the environment's own credentials are those of an identity that is stored in the same file. */
function isOurChild({ env }: Needs<"env">, place: CredentialPlace | undefined): boolean {
  return place !== undefined && env.get("AWS_ACCESS_KEY_ID") === undefined &&
    env.get("AWS_SHARED_CREDENTIALS_FILE") === place.credentials;
}

async function ambientFingerprint({ env }: Needs<"env">): Promise<string> {
  return await sha256Hex(JSON.stringify(AMBIENT.map((name) => env.get(name) ?? null)));
}
