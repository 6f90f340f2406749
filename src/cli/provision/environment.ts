import { environmentOf, type Variables } from "../../auth/environment/environment.ts";
import { isRegularFile } from "../../config/files/file_checks.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { Needs } from "../../host/host.ts";
import { expandHome, pathListSeparator } from "../../store/paths.ts";
import type { LinkedFiles } from "./linked_files.ts";

/** The variables of a logged-in identity. Permissions: env, read, sys. */
export function variablesOf(
  host: Needs<"env" | "read" | "sys">,
  { obtained, linked }: { readonly obtained: ActiveIdentity; readonly linked: LinkedFiles },
): Variables {
  const { chain, credentials, source, region } = obtained;
  return environmentOf({
    source,
    region,
    expiration: credentials.expiration,
    env: chain.identities.at(-1)!.env,
    ...linked,
    userKubeconfig: host.env.get("KUBECONFIG") ?? ordinaryKubeconfig(host),
    pathSeparator: pathListSeparator(host),
  });
}

/** What kubectl reads where nothing is set. */
function ordinaryKubeconfig(host: Needs<"env" | "read">): string | undefined {
  const path = expandHome(host, "~/.kube/config");
  return path !== undefined && isRegularFile(host, path) ? path : undefined;
}
