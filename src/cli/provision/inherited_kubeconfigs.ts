import type { KubectlFiles } from "../../auth/environment/environment.ts";
import type { Chain } from "../../auth/model/chain.ts";
import { isRegularFile } from "../../config/files/file_checks.ts";
import type { Needs } from "../../host/host.ts";
import { isBetterBehind } from "../../kube/kubectl/names_elsewhere.ts";
import { isSelector } from "../../kube/kubectl/selector.ts";
import { expandHome, pathListSeparator, resolve } from "../../store/paths.ts";

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

/**
 * Returns where the kubeconfigs of an identity stand beside the user's: nothing that the user reads already is hidden by
 * what else is in them than these contexts. Permissions: env, read, sys.
 */
export function placeKubeconfigs(
  host: Needs<"env" | "read" | "sys">,
  { kubeconfigs, contexts, chain }: {
    readonly kubeconfigs: readonly string[];
    readonly contexts: readonly string[];
    readonly chain: Pick<Chain, "identities">;
  },
): Pick<KubectlFiles, "kubeconfigs" | "behind" | "inherited"> {
  const inherited = inheritedKubeconfigs(host, chain);
  const others = inherited.map((path) => resolve(host.read.cwd(), path));
  const behind = kubeconfigs.filter((path) => isBetterBehind(host, { path, contexts, others }));
  return { kubeconfigs, behind, inherited };
}

/** Returns the selectors of shells around this process, the innermost first. */
export function inheritedSelectors(host: Needs<"env" | "sys">): readonly string[] {
  return split(host, host.env.get("KUBECONFIG")).filter(isSelector);
}

function split(host: Needs<"sys">, list: string | undefined): readonly string[] {
  return (list ?? "").split(pathListSeparator(host)).filter((path) => path !== "");
}
