import { AppError } from "../../../errors.ts";
import type { ClusterEntry } from "../../../integrations/eks/cluster_entry.ts";
import { documentText, PLAIN_LAYOUT } from "../../../formats/yaml/render.ts";
import { buildEntry, buildWholeConfig, haveClashingNames } from "../../../kube/kubeconfig/entry.ts";
import type { EntryEdit } from "../../../kube/kubeconfig/entry_edit.ts";
import { CONTEXT_RECORD, listOtherKubeconfigs } from "../../../kube/kubeconfig/locate.ts";
import { statePath } from "../../../store/paths.ts";
import { isFree } from "../../../store/preview_update.ts";
import type { Needs } from "../../../host/host.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import { unifiedDiff } from "../../output/unified_diff.ts";
import { printAdvice } from "./advice.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import type { inspectForKubectl } from "./inspect_for_kubectl.ts";
import { type EntryResult, forEachFile, renderKeptNote, type Results } from "./outcome.ts";
import type { Targets } from "./targets.ts";

/** The result of each entry, in order, as writing it would have; prints the entries as a kubeconfig, or the differences. */
export async function previewEntries(
  host: LoginCommandHost,
  { targets, entries }: { readonly targets: Targets; readonly entries: readonly ClusterEntry[] },
): Promise<Results> {
  const { source, input: { flags } } = targets;
  const isText = flags.output !== "json";
  const results = await forEachFile(entries, (group) => {
    const { path } = group[0]!.place;
    return isEditorNeeded(host, { targets, path }) ? previewFile(host, { flags, group }) : group.map(resultAlone);
  });
  if (!flags["dry-run"]) return results;
  if (isText) host.terminal.out(renderEntries(entries.flatMap((entry, index) => asNamed(entry, results[index]!))));
  const sound = results.filter((one): one is EntryResult => !(one instanceof AppError));
  if (source === "environment" && sound.length > 0) {
    printAdvice(host, { path: sound[0]!.path, results: sound, written: undefined, unreadable: [] });
  }
  return results;
}

/**
 * Whether the file's editor and its parser are needed: not for the text of a cluster that is named, where nothing is at
 * the path, nor at that of another kubeconfig, nor on record of any. Permissions: env, read, sys (uid).
 */
export function isEditorNeeded(
  host: Needs<"env" | "read" | "sys">,
  { targets: { source, input: { flags } }, path }: { readonly targets: Targets; readonly path: string },
): boolean {
  if (source !== "environment" || !flags["dry-run"] || flags.output === "json") return true;
  const record = statePath(host, CONTEXT_RECORD) ?? [];
  return [path, ...listOtherKubeconfigs(host, { path, more: [] }), record].flat().some((file) => !isFree(host, file));
}

/** For a file that does not exist yet. */
function resultAlone({ edit, place: { path } }: ClusterEntry): EntryResult {
  return {
    action: "added",
    entry: buildEntry(edit.facts),
    renamed: [],
    retained: [],
    adopted: [],
    isClusterNew: true,
    path,
    dryRun: true,
  };
}

interface FileInput {
  readonly flags: UpdateKubeconfigInput["flags"];
  /** Those that go into one file. */
  readonly group: readonly ClusterEntry[];
}

async function previewFile(host: LoginCommandHost, { flags, group }: FileInput): Promise<Results> {
  const { previewEks } = await import("../../../integrations/eks/eks_write.ts");
  const { before, text, outcomes, path, backup } = await previewEks(host, group);
  if (flags.diff && flags.output !== "json") {
    host.terminal.out(await unifiedDiff({ path, before, after: text, format: "yaml" }));
  }
  const reports = flags.output === "json" ? await kubectlReports(host, { group, outcomes, path, text }) : [];
  const results = outcomes.map((one, at) =>
    one instanceof AppError ? one : { ...one, path, backup, kubectl: reports[at], dryRun: true }
  );
  for (const one of results) if (!(one instanceof AppError)) host.terminal.err(renderKeptNote(one));
  if (backup !== undefined) host.terminal.err(`The old file would be kept as ${printable(backup)}\n`);
  return results;
}

/** What kubectl would make of each entry; data for programs, since nothing is selected yet. */
async function kubectlReports(
  host: LoginCommandHost,
  input: Parameters<typeof inspectForKubectl>[1],
): Promise<ReturnType<typeof inspectForKubectl>["reports"]> {
  const kubectl = await import("./inspect_for_kubectl.ts");
  return kubectl.inspectForKubectl(host, input).reports;
}

/** An entry as it would be in the file, under the user's name that is free for it there; none where it is refused. */
function asNamed({ edit }: ClusterEntry, result: EntryResult | AppError): readonly NamedEdit[] {
  if (result instanceof AppError) return [];
  const { path, entry: { facts, user } } = result;
  return [{ ...edit, path, facts: { ...facts, userAlias: user.name } }];
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
