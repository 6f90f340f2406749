import { kubeconfigContents } from "../../auth/files/kubeconfig_contents.ts";
import type { BarePower } from "../../config/schema/trust_class.ts";
import { PowerHashes } from "../../config/trust/power_hash.ts";
import { replaceTrust, type TrustedPower, trustedPowers } from "../../config/trust/trust_list.ts";
import { isTrustedPlace } from "../../config/trust/trusted_places.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";

type OwnHost = StoreHost & Needs<"env">;

/**
 * Returns what is to be called once entries are written into a kubeconfig: in one of a working tree, whose entries need
 * trust since commits change them, those that atmos has added, or changed while they were trusted, are trusted from then
 * on. What was there and was not trusted stays so, no matter who edited it since. Permissions: read, env; then write, random.
 */
export async function watchOwnEntries(
  host: OwnHost,
  { path, definedIn }: { readonly path: string; readonly definedIn: readonly string[] },
): Promise<() => Promise<void>> {
  const at = { path, by: definedIn.filter((file) => !isTrustedPlace(host, file)) };
  const before = kubeconfigContents(host, at);
  const known = new Set((tryTrusted(host) ?? []).map(({ hash }) => hash));
  const strange = new Set(
    (await hashEntry(host, before)).filter(({ hash }) => !known.has(hash)).map(({ path }) => path),
  );
  return async () => {
    const after = await hashEntry(host, kubeconfigContents(host, at));
    const own = after.filter((one) => !strange.has(one.path) && !known.has(one.hash));
    if (own.length > 0) await tryTrust(host, own);
  };
}

async function hashEntry(host: OwnHost, contents: readonly BarePower[]): Promise<readonly TrustedPower[]> {
  const hashes = new PowerHashes(host);
  return await Promise.all(contents.map(async (power) => (await hashes.of(power)).record));
}

/** A list that cannot be used trusts nothing. */
function tryTrusted(host: OwnHost): readonly TrustedPower[] | undefined {
  try {
    return trustedPowers(host);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Where they cannot be remembered, the user is asked about them. */
async function tryTrust(host: OwnHost, own: readonly TrustedPower[]): Promise<void> {
  try {
    await replaceTrust(host, own);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
