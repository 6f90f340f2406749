import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import type { Needs } from "../../host/host.ts";
import { listContextNames } from "../../kube/kubeconfig/entry.ts";
import type { EntryEdit } from "../../kube/kubeconfig/entry_edit.ts";
import {
  type KubeconfigChanges,
  type Preview,
  previewEntries,
  type Saved,
  saveEntries,
} from "../../kube/kubeconfig/save.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { ClusterEntry } from "./cluster_entry.ts";
import type { ContextRecord, RecordedContexts } from "./context_record.ts";

/** What writing entries into their file would do, with the same errors. Permissions: env, read, sys. */
export async function previewEks(
  host: Needs<"env" | "read" | "sys">,
  found: readonly ClusterEntry[],
): Promise<Preview> {
  const record = await recordFor(host, found);
  const preview = previewEntries(host, changesOf(record, found));
  return { ...preview, outcomes: withOwners(preview.outcomes, { record, found }) };
}

interface WrittenEks extends Saved {
  /** The file, links resolved where it was written. */
  readonly path: string;
}

/** Writes the entries of one file at once. Errors as for saveEntries. */
export async function writeEks(
  host: StoreHost & Needs<"env" | "run">,
  found: readonly ClusterEntry[],
): Promise<WrittenEks> {
  const record = await recordFor(host, found);
  const { outcomes, written } = await saveEntries(host, changesOf(record, found));
  const contexts = found.flatMap((one, at) => writtenOf(one, { outcome: outcomes[at]!, record }));
  if (contexts.length > 0) await (await import("./context_record.ts")).recordContexts(host, contexts);
  const path = written?.path ?? found[0]!.place.path;
  return { path, written, outcomes: withOwners(outcomes, { record, found }) };
}

/** Nothing is known of clusters that no identity stands for. */
const NO_RECORD: ContextRecord = {
  recordedFor: () => [],
  recordedForOthers: () => [],
  findIntegration: () => undefined,
};

async function recordFor(host: Needs<"env" | "read">, found: readonly ClusterEntry[]): Promise<ContextRecord> {
  if (found.every(({ owner }) => owner === undefined)) return NO_RECORD;
  const { readContextRecord } = await import("./context_record.ts");
  return readContextRecord(host);
}

/** All entries of one file as what is to change in it. */
function changesOf(record: ContextRecord, found: readonly ClusterEntry[]): KubeconfigChanges {
  const { path } = found[0]!.place;
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  return { location: { path, mode }, edits: found.map((one) => editOf(one, record)) };
}

/** With its own contexts of former days, and those that it takes over from other identities under the same name. */
function editOf({ edit, former, owner, place }: ClusterEntry, record: ContextRecord): EntryEdit {
  if (owner === undefined || former !== "moves") return edit;
  const key = { file: place.path, ...owner };
  const names = listContextNames(edit.facts);
  const others = record.recordedForOthers(key).filter(({ name }) => names.includes(name));
  return {
    ...edit,
    recorded: [...record.recordedFor(key), ...others.map((one) => ({ ...one, hasOtherIdentity: true as const }))],
  };
}

function writtenOf(
  { owner, place, former, configured }: ClusterEntry,
  { outcome, record }: { readonly outcome: Saved["outcomes"][number]; readonly record: ContextRecord },
): readonly RecordedContexts[] {
  if (outcome instanceof AppError || owner === undefined || former === "apart") return [];
  const key = { file: place.path, ...owner };
  const { cluster, contexts, user } = outcome.entry;
  const now = contexts.map(({ name }) => ({ name, cluster: cluster.name, user: user.name, ...configured }));
  const retained = outcome.retained.map((one) => ({ ...one, retained: true as const }));
  const stay = former === "stays" ? record.recordedFor(key) : [];
  const older = [...retained, ...stay].filter(({ name }) => contexts.every((context) => context.name !== name));
  return [{ ...key, contexts: [...now, ...older] }];
}

/** Where another integration's context was in the way, the way to write both. */
function withOwners(
  outcomes: Saved["outcomes"],
  { record, found }: { readonly record: ContextRecord; readonly found: readonly ClusterEntry[] },
): Saved["outcomes"] {
  return outcomes.map((outcome, at) => {
    const { owner: own, place: { path: file } } = found[at]!;
    if (!(outcome instanceof AppError) || own === undefined) return outcome;
    const { integration } = own;
    const name = outcome.facts["context"];
    const owner = typeof name === "string" ? record.findIntegration({ file, name }) : undefined;
    if (owner === undefined || owner.toLowerCase() === integration.toLowerCase()) return outcome;
    const { code, message, facts } = outcome;
    const both = [integration, owner].map((one) => `--integration ${quotePosix(one)}`).join(" ");
    const hint = `It was written for integration "${owner}". If that has another alias now, write both: ` +
      `atmos aws eks update-kubeconfig ${both}`;
    return new AppError(code, message, { hint, facts, cause: outcome });
  });
}
