import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_posix.ts";
import type { Needs } from "../../host/host.ts";
import { contextNames } from "../../kube/entry.ts";
import type { EntryEdit } from "../../kube/entry_edit.ts";
import {
  type EntriesPreview,
  type KubeconfigChanges,
  previewEntries,
  type SavedAll,
  saveEntries,
} from "../../kube/save.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { ClusterEntry } from "./cluster_entry.ts";
import { type ContextRecord, contextRecord, recordContexts, type WrittenContexts } from "./context_record.ts";

/** What writing entries into their file would do. Permissions: env, read. */
export function previewEks(host: Needs<"env" | "read">, found: readonly ClusterEntry[]): EntriesPreview {
  const record = contextRecord(host);
  const preview = previewEntries(host, changesOf(record, found));
  return { ...preview, outcomes: withOwners(preview.outcomes, { record, found }) };
}

/** Writes the entries of one file at once. Errors as for saveEntries. */
export async function writeEks(host: StoreHost & Needs<"env">, found: readonly ClusterEntry[]): Promise<SavedAll> {
  const record = contextRecord(host);
  const saved = await saveEntries(host, changesOf(record, found));
  await recordContexts(host, found.flatMap((one, at) => writtenOf(one, { outcome: saved.outcomes[at]!, record })));
  return { ...saved, outcomes: withOwners(saved.outcomes, { record, found }) };
}

/** All entries of one file as what is to change in it. */
function changesOf(record: ContextRecord, found: readonly ClusterEntry[]): KubeconfigChanges {
  const { path } = found[0]!.place;
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  return { place: { path, mode }, edits: found.map((one) => editOf(one, record)) };
}

/** With its own contexts of former days, and those that it takes over from other identities under the same name. */
function editOf({ edit, former, owner, place }: ClusterEntry, record: ContextRecord): EntryEdit {
  if (owner === undefined || former !== "moves") return edit;
  const key = { file: place.path, ...owner };
  const names = contextNames(edit.facts);
  const others = record.writtenForOthers(key).filter(({ name }) => names.includes(name));
  return {
    ...edit,
    former: [...record.writtenFor(key), ...others.map((one) => ({ ...one, isOthers: true as const }))],
  };
}

interface Outcome {
  readonly outcome: SavedAll["outcomes"][number];
  readonly record: ContextRecord;
}

function writtenOf(
  { owner, place, former, said }: ClusterEntry,
  { outcome, record }: Outcome,
): readonly WrittenContexts[] {
  if (outcome instanceof AppError || owner === undefined || former === "apart") return [];
  const key = { file: place.path, ...owner };
  const { cluster, contexts, user } = outcome.entry;
  const now = contexts.map(({ name }) => ({ name, cluster: cluster.name, user: user.name, ...said }));
  const kept = outcome.kept.map((one) => ({ ...one, kept: true as const }));
  const stay = former === "stays" ? record.writtenFor(key) : [];
  const older = [...kept, ...stay].filter(({ name }) => contexts.every((context) => context.name !== name));
  return [{ ...key, contexts: [...now, ...older] }];
}

interface Owned {
  readonly record: ContextRecord;
  readonly found: readonly ClusterEntry[];
}

/** Where another integration's context was in the way, the way to write both. */
function withOwners(outcomes: SavedAll["outcomes"], { record, found }: Owned): SavedAll["outcomes"] {
  return outcomes.map((outcome, at) => {
    const { owner: own, place: { path: file } } = found[at]!;
    if (!(outcome instanceof AppError) || own === undefined) return outcome;
    const { integration } = own;
    const name = outcome.facts["context"];
    const owner = typeof name === "string" ? record.ownerOf({ file, name }) : undefined;
    if (owner === undefined || owner.toLowerCase() === integration.toLowerCase()) return outcome;
    const { code, message, facts } = outcome;
    const both = [integration, owner].map((one) => `--integration ${quotePosix(one)}`).join(" ");
    const hint = `It was written for integration "${owner}". If that has another alias now, write both: ` +
      `atmos aws eks update-kubeconfig ${both}`;
    return new AppError(code, message, { hint, facts, cause: outcome });
  });
}
