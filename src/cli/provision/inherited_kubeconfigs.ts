import type { Chain } from "../../auth/model/chain.ts";
import { isRegularFile } from "../../config/files/file_checks.ts";
import type { Needs } from "../../host/host.ts";
import { isSelector } from "../../kube/kubectl/selector.ts";
import { expandHome, pathListSeparator } from "../../store/paths.ts";

/**
 * Returns the kubeconfigs that are the user's, or those of the identity's `env` instead: those of KUBECONFIG, else
 * ~/.kube/config where it is there. Selectors of a shell around this process are none.
 */
export function inheritedKubeconfigs(
  host: Needs<"env" | "read" | "sys">,
  { identities }: Pick<Chain, "identities">,
): readonly string[] {
  const own = identities.at(-1)!.env.find(({ key }) => key === "KUBECONFIG")?.value;
  const list = split(host, own ?? host.env.get("KUBECONFIG")).filter((path) => !isSelector(path));
  if (list.length > 0) return list;
  const ordinary = expandHome(host, "~/.kube/config");
  return ordinary !== undefined && isRegularFile(host, ordinary) ? [ordinary] : [];
}

/** Returns the selectors of shells around this process, the innermost first. */
export function inheritedSelectors(host: Needs<"env" | "sys">): readonly string[] {
  return split(host, host.env.get("KUBECONFIG")).filter(isSelector);
}

function split(host: Needs<"sys">, list: string | undefined): readonly string[] {
  return (list ?? "").split(pathListSeparator(host)).filter((path) => path !== "");
}
