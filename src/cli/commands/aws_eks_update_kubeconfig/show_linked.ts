import { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { previewEks } from "../../../integrations/eks/eks_write.ts";
import { editEntries, type EntryOutcome } from "../../../kube/edit_entries.ts";
import type { EntryEdit } from "../../../kube/entry_edit.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { type DataInput, keptText } from "./outcome.ts";
import { unifiedDiff } from "../../output/json_text.ts";

export interface Show {
  readonly flags: UpdateKubeconfigInput["flags"];
  readonly found: readonly ClusterEntry[];
}

type Results = readonly (DataInput | AppError)[];

/** What writing would do: the entries as a kubeconfig, or the differences; gives the result of each, in order. */
export async function showLinked(host: LoginCommandHost, { flags, found }: Show): Promise<Results> {
  const results = new Map<ClusterEntry, DataInput | AppError>();
  for (const group of Map.groupBy(found, ({ place }) => place.path).values()) {
    const shown = await showGroup(host, { flags, found: group });
    group.forEach((one, at) => results.set(one, shown[at]!));
  }
  if (flags["dry-run"] && flags.output !== "json") {
    const edits = found.map((one) => asNamed(one.edit, results.get(one)!)).filter((edit) => edit !== undefined);
    host.terminal.out(entriesText(edits));
  }
  return found.map((one) => results.get(one)!);
}

/** Of one file. */
async function showGroup(host: LoginCommandHost, { flags, found }: Show): Promise<Results> {
  const { path } = found[0]!.place;
  const { before, text, outcomes } = previewEks(host, found);
  if (flags.diff && flags.output !== "json") host.terminal.out(await unifiedDiff({ path, before, after: text }));
  const results = outcomes.map((one) => one instanceof AppError ? one : { ...one, path, dryRun: true });
  for (const one of results) if (!(one instanceof AppError)) host.terminal.err(keptText(one));
  return results;
}

/** An entry under the user's name that is free for it in the file. */
function asNamed(edit: EntryEdit, outcome: EntryOutcome | AppError): EntryEdit | undefined {
  if (outcome instanceof AppError) return undefined;
  const { entry } = outcome;
  return { ...edit, facts: { ...edit.facts, userAlias: entry.user.name } };
}

/** The entries alone, as a kubeconfig that kubectl can read. */
function entriesText(edits: readonly EntryEdit[]): string {
  return editEntries({ source: "", edits: edits.map((edit) => ({ ...edit, update: "merge" as const })) }).text;
}
