import { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { documentText, PLAIN_LAYOUT } from "../../../formats/yaml/render.ts";
import { buildEntry, buildWholeConfig, haveClashingNames } from "../../../kube/kubeconfig/entry.ts";
import type { EntryEdit } from "../../../kube/kubeconfig/entry_edit.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { printAdvice } from "./advice.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { type EntryResult, forEachFile, keptText, type Results } from "./outcome.ts";
import type { Targets } from "./targets.ts";

/** The result of each entry, in order, as writing it would have; prints the entries as a kubeconfig, or the differences. */
export async function previewEntries(
  host: LoginCommandHost,
  { targets, entries }: { readonly targets: Targets; readonly entries: readonly ClusterEntry[] },
): Promise<Results> {
  const { source, input: { flags } } = targets;
  const isText = flags.output !== "json";
  // The entry of a cluster that is named is shown without the file, so that neither the editor nor its parser is loaded.
  const isAlone = source === "environment" && flags["dry-run"] && isText && flags.update !== "error";
  const results = await forEachFile(
    entries,
    (group) => isAlone ? group.map(resultAlone) : previewFile(host, { flags, group }),
  );
  if (!flags["dry-run"]) return results;
  if (isText) host.terminal.out(renderEntries(entries.flatMap((entry, index) => asNamed(entry, results[index]!))));
  const sound = entries.filter((_, index) => !(results[index] instanceof AppError));
  if (source === "environment" && sound.length > 0) printAdvice(host, { entries: sound, written: undefined });
  return results;
}

/** As for a file that is not there yet. */
function resultAlone({ edit, place: { path } }: ClusterEntry): EntryResult {
  return { action: "added", entry: buildEntry(edit.facts), renamed: [], retained: [], path, dryRun: true };
}

interface FileInput {
  readonly flags: UpdateKubeconfigInput["flags"];
  /** Those that go into one file. */
  readonly group: readonly ClusterEntry[];
}

async function previewFile(host: LoginCommandHost, { flags, group }: FileInput): Promise<Results> {
  const { previewEks } = await import("../../../integrations/eks/eks_write.ts");
  const { path } = group[0]!.place;
  const { before, text, outcomes } = await previewEks(host, group);
  if (flags.diff && flags.output !== "json") host.terminal.out(await unifiedDiff({ path, before, after: text }));
  const results = outcomes.map((one) => one instanceof AppError ? one : { ...one, path, dryRun: true });
  for (const one of results) if (!(one instanceof AppError)) host.terminal.err(keptText(one));
  return results;
}

/** An entry under the user's name that is free for it in the file; none where it is refused. */
function asNamed({ edit, place: { path } }: ClusterEntry, result: EntryResult | AppError): readonly NamedEdit[] {
  if (result instanceof AppError) return [];
  return [{ path, ...edit, facts: { ...edit.facts, userAlias: result.entry.user.name } }];
}

interface NamedEdit extends EntryEdit {
  /** Of the kubeconfig. */
  readonly path: string;
}

/**
 * Entries alone, as a kubeconfig that kubectl can read; nothing at all where there are none. Of several files that use
 * one name for different things, each has a document of its own: in a common one the last would win.
 */
function renderEntries(edits: readonly NamedEdit[]): string {
  if (edits.length === 0) return "";
  const files = [...Map.groupBy(edits, ({ path }) => path)].map(([path, group]) => ({ path, config: asConfig(group) }));
  if (!haveClashingNames(files.map(({ config }) => config))) return documentText(PLAIN_LAYOUT, asConfig(edits));
  return files.map(({ path, config }) => `# ${printable(path)}\n${documentText(PLAIN_LAYOUT, config)}`).join("---\n");
}

function asConfig(edits: readonly NamedEdit[]) {
  const entries = edits.map(({ facts }) => buildEntry(facts));
  const first = edits.findIndex(({ switchContext }) => switchContext !== "never");
  return buildWholeConfig(entries, entries[first]?.context.name);
}
