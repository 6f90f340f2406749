import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import type { EntryOutcome } from "../../../kube/kubeconfig/edit_entries.ts";
import { viewAsKubectl } from "../../../kube/kubectl/kubectl_view.ts";
import {
  type KubectlReport,
  kubectlWarnings,
  reportForKubectl,
  shadowWarnings,
} from "../../provision/kubectl_report.ts";
import { lookCommand } from "./advice.ts";

interface InspectInput {
  /** Those of one file. */
  readonly group: readonly ClusterEntry[];
  /** What became of each, or would. */
  readonly outcomes: readonly (EntryOutcome | AppError)[];
  /** Of the file. */
  readonly path: string;
  /** What the file would hold; undefined once it does. */
  readonly text: string | undefined;
}

interface KubectlInspection {
  /** Of each entry; undefined where it was refused. */
  readonly reports: readonly (KubectlReport | undefined)[];
  /** Lines for the user, without what {@link lookCommand} is for. */
  readonly warnings: readonly string[];
  /** Files that kubectl cannot read. */
  readonly unreadable: readonly string[];
}

/** What kubectl makes of the entries of one file, among all files that it reads. Permissions: env, read. */
export function inspectForKubectl(
  host: Needs<"env" | "read" | "sys">,
  { group, outcomes, path, text }: InspectInput,
): KubectlInspection {
  const sound = outcomes.map((one) => one instanceof AppError ? undefined : one.entry);
  const namesOf = (entry: EntryOutcome["entry"] | undefined) => entry?.contexts.map(({ name }) => name) ?? [];
  const contexts = sound.flatMap(namesOf);
  // Those of no identity are in no program's KUBECONFIG unless the user puts them there.
  const owned = sound.flatMap((entry, at) => group[at]!.owner === undefined ? [] : namesOf(entry));
  const ownContext = sound.findLast((_, at) => group[at]!.edit.switchContext === "always")?.context.name;
  const view = viewAsKubectl(host, { path, text, contexts, ownContext });
  const unreadable = view.unreadable.map((file) => file.path);
  const shared = { view, path, lookCommand: lookCommand(host, { path, unreadable }) };
  const mayBeSelected = (at: number) => group[at]!.edit.switchContext !== "never";
  return {
    reports: sound.map((entry, at) =>
      entry && reportForKubectl({ ...shared, contexts: namesOf(entry), mayBeSelected: mayBeSelected(at) })
    ),
    warnings: [
      ...(view.isRead
        ? kubectlWarnings({
          ...shared,
          contexts,
          mayBeSelected: group.some((_, at) => mayBeSelected(at)),
          renameHint: "--alias NAME",
        })
        : []),
      ...shadowWarnings(host, { path, contexts: owned, except: view.hidden.map(({ context }) => context) }),
    ],
    unreadable,
  };
}
