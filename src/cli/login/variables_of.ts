import { environmentOf, type Variables } from "../../auth/environment.ts";
import type { Obtained } from "../../auth/login/obtain.ts";
import type { Needs } from "../../host/host.ts";

/** The variables of a logged-in identity. Permissions: env, sys. */
export function variablesOf(host: Needs<"env" | "sys">, { chain, credentials, source, region }: Obtained): Variables {
  return environmentOf({
    source,
    region,
    expiration: credentials.expiration,
    env: chain.identities.at(-1)!.env,
    kubeconfigs: [],
    userKubeconfig: host.env.get("KUBECONFIG"),
    dockerConfig: undefined,
    pathSeparator: host.sys.os === "windows" ? ";" : ":",
  });
}
