import { documentText, PLAIN_LAYOUT } from "../../../formats/yaml/render.ts";
import { entryOf, wholeConfig } from "../../../kube/entry.ts";
import type { KubeconfigChange } from "../../../kube/save.ts";

/** The entry alone, as a kubeconfig that kubectl can read. */
export function dryRunText({ facts, switchContext }: KubeconfigChange): string {
  const entry = entryOf(facts);
  return documentText(PLAIN_LAYOUT, wholeConfig(entry, switchContext === "never" ? undefined : entry.context.name));
}
