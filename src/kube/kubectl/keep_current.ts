import type { Needs } from "../../host/host.ts";
import { isDefaultKubeconfig, markForKubectl } from "../kubeconfig/locate.ts";
import type { EntryEdit } from "../kubeconfig/entry_edit.ts";
import { tryReadKubeconfig } from "./current_context.ts";
import { isSelector } from "./selector.ts";

/**
 * Returns what makes edits of a kubeconfig not change what kubectl's current context is unless they are to: a first
 * context becomes that of its file only where no file that KUBECONFIG names after it has one, which would lose its say, and,
 * where a repository has chosen a file that KUBECONFIG does not name, where none has: another day's shell may name it first.
 * Selectors of a shell do not count: they end with it. Those files are read once, for the first edit that it matters to.
 * Permissions: env, read, sys.
 */
export function keepCurrent(
  host: Needs<"env" | "read" | "sys">,
  path: string,
): (edit: EntryEdit, by: { readonly isOwn: boolean }) => EntryEdit {
  const known = new Map<boolean, boolean>();
  const isLost = (isOwn: boolean) => {
    const found = known.get(isOwn) ?? losesSay(host, { path, isOwn });
    known.set(isOwn, found);
    return found;
  };
  return (edit, { isOwn }) => {
    if (edit.switchContext !== "if-none" || !isLost(isOwn)) return edit;
    return { ...edit, switchContext: "never" };
  };
}

/** No file is read where the one that is meant is the last one, or KUBECONFIG says nothing. */
function losesSay(
  host: Needs<"env" | "read" | "sys">,
  { path, isOwn }: { readonly path: string; readonly isOwn: boolean },
): boolean {
  const files = markForKubectl(host, path).filter((file) => !isSelector(file.path));
  const own = files.findIndex(({ isMeant }) => isMeant);
  const isElsewhere = own < 0 && !isOwn && Boolean(host.env.get("KUBECONFIG")) && !isDefaultKubeconfig(host, path);
  if (own < 0 ? !isElsewhere : own === files.length - 1) return false;
  const current = files.findIndex(({ path: other, isMeant }) =>
    !isMeant && tryReadKubeconfig(host, other)?.config.currentContext !== undefined
  );
  return current > own;
}
