import { AppError } from "../../errors.ts";
import { quotePosix } from "../../formats/text/shell_posix.ts";
import type { Needs } from "../../host/host.ts";
import { contextNames } from "../../kube/entry.ts";
import type { EntryEdit } from "../../kube/entry_edit.ts";
import type { KubeconfigPlace } from "../../kube/locate.ts";
import {
  type EntriesPreview,
  type KubeconfigChanges,
  previewEntries,
  type SavedAll,
  saveEntries,
} from "../../kube/save.ts";
import type { WrittenContext, WrittenFields } from "../../kube/written_context.ts";
import type { StoreHost } from "../../store/replace.ts";
import {
  type ContextRecord,
  contextRecord,
  recordContexts,
  type RecordKey,
  type WrittenContexts,
} from "./context_record.ts";
import type { Override } from "../contract/runner.ts";

/** A cluster's entry, and the file that it goes into. */
export interface FoundCluster {
  readonly integration: string;
  readonly identity: string;
  readonly edit: EntryEdit;
  readonly place: KubeconfigPlace;
  readonly former: Override["former"];
  /** What atmos.yaml says of fields that need not be there. */
  readonly said: WrittenFields;
}

/** What writing entries into their file would do. Permissions: env, read. */
export function previewEks(host: Needs<"env" | "read">, found: readonly FoundCluster[]): EntriesPreview {
  const record = contextRecord(host);
  const preview = previewEntries(host, changesOf(record, found));
  return { ...preview, outcomes: withOwners(preview.outcomes, { record, found }) };
}

/** Writes the entries of one file at once. Errors as for saveEntries. */
export async function writeEks(host: StoreHost & Needs<"env">, found: readonly FoundCluster[]): Promise<SavedAll> {
  const record = contextRecord(host);
  const saved = await saveEntries(host, changesOf(record, found));
  await recordContexts(host, found.flatMap((one, at) => writtenOf(one, { outcome: saved.outcomes[at]!, record })));
  return { ...saved, outcomes: withOwners(saved.outcomes, { record, found }) };
}

/** All entries of one file as what is to change in it. */
function changesOf(record: ContextRecord, found: readonly FoundCluster[]): KubeconfigChanges {
  const { path } = found[0]!.place;
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  const edits = found.map((one) => one.former === "moves" ? { ...one.edit, former: formerOf(one, record) } : one.edit);
  return { place: { path, mode }, edits };
}

/** Its own, and what it takes over from other identities under the same name. */
function formerOf(found: FoundCluster, record: ContextRecord): readonly WrittenContext[] {
  const names = contextNames(found.edit.facts);
  const others = record.writtenForOthers(keyOf(found)).filter(({ name }) => names.includes(name));
  return [...record.writtenFor(keyOf(found)), ...others.map((one) => ({ ...one, isOthers: true as const }))];
}

interface Outcome {
  readonly outcome: SavedAll["outcomes"][number];
  readonly record: ContextRecord;
}

function writtenOf(found: FoundCluster, { outcome, record }: Outcome): readonly WrittenContexts[] {
  if (outcome instanceof AppError || found.former === "apart") return [];
  const { cluster, contexts, user } = outcome.entry;
  const now = contexts.map(({ name }) => ({ name, cluster: cluster.name, user: user.name, ...found.said }));
  const kept = outcome.kept.map((one) => ({ ...one, kept: true as const }));
  const stay = found.former === "stays" ? record.writtenFor(keyOf(found)) : [];
  const older = [...kept, ...stay].filter(({ name }) => contexts.every((context) => context.name !== name));
  return [{ ...keyOf(found), contexts: [...now, ...older] }];
}

function keyOf({ place, integration, identity }: FoundCluster): RecordKey {
  return { file: place.path, integration, identity };
}

interface Owned {
  readonly record: ContextRecord;
  readonly found: readonly FoundCluster[];
}

/** Where another integration's context was in the way, the way to write both. */
function withOwners(outcomes: SavedAll["outcomes"], { record, found }: Owned): SavedAll["outcomes"] {
  return outcomes.map((outcome, at) => {
    if (!(outcome instanceof AppError)) return outcome;
    const { integration, place: { path: file } } = found[at]!;
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
