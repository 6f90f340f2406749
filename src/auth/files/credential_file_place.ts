import type { Needs } from "../../host/host.ts";
import { configHome, join } from "../../store/paths.ts";

/** Where the credentials of one identity are, or would be. */
export interface CredentialPlace {
  /** Absolute. */
  readonly credentials: string;
  /** Absolute. */
  readonly config: string;
  /** The profile in both: the identity's name in lower case, as the files are shared with programs that know no other. */
  readonly profile: string;
}

/** What the place of credentials depends on: the provider, else the identity that a chain begins with; its last one. */
interface PlaceChain {
  readonly provider: { readonly name: string } | undefined;
  readonly identities: readonly { readonly name: string; readonly isAmbient: boolean }[];
}

/** undefined for aws/ambient, which has no files, and where there is no HOME. Permission: env. */
export function credentialPlace(
  host: Needs<"env">,
  { realm, chain }: { readonly realm: string; readonly chain: PlaceChain },
): CredentialPlace | undefined {
  const home = configHome(host);
  const segment = providerSegment(chain);
  if (home === undefined || segment === undefined) return undefined;
  const directory = join(home, "atmos", realm, "aws", segment);
  const profile = chain.identities.at(-1)!.name.toLowerCase();
  return { credentials: join(directory, "credentials"), config: join(directory, "config"), profile };
}

function providerSegment({ provider, identities }: PlaceChain): string | undefined {
  if (provider !== undefined) return provider.name.toLowerCase();
  if (!identities[0]!.isAmbient) return "aws-user";
  return identities.length === 1 ? undefined : "aws-ambient";
}
