import { AppError } from "../../errors.ts";
import { changesOf } from "../../integrations/runners/eks_write.ts";
import { editEntries, type EntryOutcome } from "../../kube/edit_entries.ts";
import type { EntryEdit } from "../../kube/entry_edit.ts";
import { previewEntries } from "../../kube/save.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { outcomeData } from "./outcome.ts";
import { unifiedDiff } from "./unified_diff.ts";
import { type LinkedResults, printResults } from "./write_linked.ts";

/** What writing would do: the entries as a kubeconfig, the differences, or data; gives what would fail. */
export async function showLinked(
  host: LoginCommandHost,
  { input, found, several }: LinkedResults,
): Promise<readonly AppError[]> {
  const failures: AppError[] = [];
  const data: unknown[] = [];
  const shown: EntryEdit[] = [];
  const isJson = input.flags.output === "json";
  for (const group of Map.groupBy(found, ({ place }) => place.path).values()) {
    const changes = changesOf(host, group);
    const { path } = changes.place;
    const { before, text, outcomes } = previewEntries(host, changes);
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome instanceof AppError) failures.push(outcome);
      else {
        data.push(outcomeData({ ...outcome, path, dryRun: true }));
        shown.push(asNamed(group[at]!.edit, outcome));
      }
    }
    if (input.flags.diff && !isJson) host.terminal.out(await unifiedDiff({ path, before, after: text }));
  }
  if (isJson) printResults(host, { data, several });
  else if (input.flags["dry-run"]) host.terminal.out(entriesText(shown));
  return failures;
}

/** An entry under the user's name that is free for it in the file. */
function asNamed(edit: EntryEdit, { entry }: EntryOutcome): EntryEdit {
  return { ...edit, facts: { ...edit.facts, userAlias: entry.user.name } };
}

/** The entries alone, as a kubeconfig that kubectl can read. */
function entriesText(edits: readonly EntryEdit[]): string {
  return editEntries({ source: "", edits: edits.map((edit) => ({ ...edit, update: "merge" as const })) }).text;
}
