import { quotePosixVisibly } from "../../../formats/text/shell_quote.ts";
import type { Needs } from "../../../host/host.ts";
import { kubectlFiles } from "../../../kube/kubeconfig/locate.ts";
import type { Removed } from "../../../kube/kubeconfig/remove_entries.ts";
import { viewAsKubectl } from "../../../kube/kubectl/kubectl_view.ts";
import { printable } from "../../output/text.ts";

interface Removal extends Pick<Removed, "contexts" | "currentContext"> {
  /** Of the kubeconfig. */
  readonly path: string;
}

/**
 * Returns what the user should know before contexts are removed: that one of them is the current one, of the file or, by
 * another file, of kubectl. Permissions: env, read.
 */
export function warnOfCurrentContext(
  host: Needs<"env" | "read" | "sys">,
  { path, contexts, currentContext }: Removal,
): readonly string[] {
  const { current } = viewAsKubectl(host, { path, text: undefined, contexts: [], ownContext: currentContext });
  const isElsewhere = current !== undefined && current.path !== path && contexts.includes(current.name);
  return [
    ...currentContext === undefined ? [] : [`context ${currentContext} is the current context of ${path}`],
    ...isElsewhere ? [`context ${current.name} is kubectl's current context, by ${current.path}`] : [],
  ].map((line) => `Warning: ${printable(line)}`);
}

/** Returns a line for each context that was removed, and what helps where it was the current one. */
export function listRemovedContexts(
  host: Needs<"env" | "read" | "sys">,
  { path, contexts, currentContext }: Removal,
): readonly string[] {
  // Without the flag, kubectl changes the first file that it reads.
  const flag = kubectlFiles(host)[0] === path ? "" : ` --kubeconfig=${quotePosixVisibly(path)}`;
  return contexts.flatMap((name) => {
    const line = `Removed context ${printable(`${name} from ${path}`)}`;
    if (name !== currentContext) return [line];
    return [
      `${line}, which has no current context now`,
      `Hint: Select another one: kubectl config use-context NAME${flag}`,
    ];
  });
}
