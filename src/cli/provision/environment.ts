import { environmentOf, type KubectlFiles, type Variables } from "../../auth/environment/environment.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { Needs } from "../../host/host.ts";
import { pathListSeparator } from "../../store/paths.ts";

/** Returns the variables of a logged-in identity. Permission: sys. */
export function variablesOf(
  host: Needs<"sys">,
  { obtained, kubectl, dockerConfig }: {
    readonly obtained: ActiveIdentity;
    readonly kubectl: KubectlFiles;
    readonly dockerConfig: string | undefined;
  },
): Variables {
  const { chain, credentials, source, region } = obtained;
  return environmentOf({
    source,
    region,
    expiration: credentials.expiration,
    env: chain.identities.at(-1)!.env,
    kubectl,
    dockerConfig,
    pathSeparator: pathListSeparator(host),
  });
}
