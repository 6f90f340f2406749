import type { Needs } from "../../host/host.ts";
import { markForKubectl } from "../kubeconfig/locate.ts";
import type { EntryEdit } from "../kubeconfig/entry_edit.ts";
import { tryReadKubeconfig } from "./current_context.ts";
import { isSelector } from "./selector.ts";

/**
 * Returns the edit so that it does not change what kubectl's current context is unless it is to: a first context becomes
 * that of its file only where no file that KUBECONFIG names after it has one, which would lose its say. Selectors of a
 * shell do not count: they end with it. Permissions: env, read, sys.
 */
export function keepCurrent(
  host: Needs<"env" | "read" | "sys">,
  { path, edit }: { readonly path: string; readonly edit: EntryEdit },
): EntryEdit {
  if (edit.switchContext !== "if-none" || !losesSay(host, path)) return edit;
  return { ...edit, switchContext: "never" };
}

function losesSay(host: Needs<"env" | "read" | "sys">, path: string): boolean {
  const files = markForKubectl(host, path).filter((file) => !isSelector(file.path));
  const own = files.findIndex(({ isMeant }) => isMeant);
  const current = files.findIndex(({ path: other, isMeant }) =>
    !isMeant && tryReadKubeconfig(host, other)?.config.currentContext !== undefined
  );
  return own >= 0 && current > own;
}
