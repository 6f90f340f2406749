import { AppError } from "../../errors.ts";
import type { EntryOutcome } from "../../kube/kubeconfig/edit_entries.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { AuthorRecord } from "./author_record.ts";
import { BY_CONFIGURATION, type ClusterEntry, isForFlags } from "./cluster_entry.ts";
import { BY_FLAGS, FOR_NONE, type RecordedContexts } from "./context_record.ts";

interface WrittenEntry {
  readonly entry: ClusterEntry;
  readonly outcome: EntryOutcome | AppError;
}

/** Returns what the record is to say of a file into which entries have been written. */
export function listWritten(record: AuthorRecord, all: readonly WrittenEntry[]): readonly RecordedContexts[] {
  return all.flatMap(({ entry, outcome }) => {
    if (outcome instanceof AppError) return [];
    const { owner } = entry;
    return owner === undefined || isForFlags(entry)
      ? listByFlags(record, { entry, outcome })
      : listByConfiguration(record, { entry, outcome, owner });
  });
}

interface SoundEntry extends WrittenEntry {
  readonly outcome: EntryOutcome;
}

/**
 * What flags write is the user's own, also where it was another's that the user has named, and the configuration's where
 * that has named it. A context of an integration of the same configuration stays that integration's.
 */
function listByFlags(record: AuthorRecord, { entry, outcome }: SoundEntry): readonly RecordedContexts[] {
  const { place: { path: file }, edit: { areNamesTyped }, author = entry.owner?.author } = entry;
  const isByUser = areNamesTyped === true || author?.location === undefined;
  const key = { file, integration: isByUser ? BY_FLAGS : FOR_NONE, identity: "" };
  const describedBy = findDescriber(record, { entry, outcome });
  const before = record.recordedForNone(key);
  const own = new Set(before.flatMap(({ name, adopted }) => adopted ? [] : [name]));
  const linked = new Set(record.writtenIn(file).map(({ name }) => name));
  const isShared = (name: string) =>
    !own.has(name) && (linked.has(name) || (!isByUser && outcome.adopted.includes(name)));
  const now = listContexts(outcome).map((context): RecordedContext => ({
    ...context,
    ...(describedBy === undefined ? {} : { describedBy }),
    ...(isShared(context.name) ? { adopted: true } : {}),
  }));
  const older = before.filter(({ name }) => now.every((context) => context.name !== name));
  return [{ ...key, configLocation: author?.location, contexts: [...older, ...now] }];
}

function listByConfiguration(
  record: AuthorRecord,
  { entry, outcome, owner }: SoundEntry & { readonly owner: NonNullable<ClusterEntry["owner"]> },
): readonly RecordedContexts[] {
  const { place, former, configured } = entry;
  const { integration, identity, author, definedIn, fingerprint } = owner;
  const key = { file: place.path, integration, identity };
  const describedBy = findDescriber(record, { entry, outcome });
  const now = listContexts(outcome).map((context): RecordedContext => ({
    ...context,
    ...configured,
    ...(describedBy === undefined ? {} : { describedBy }),
    ...(outcome.adopted.includes(context.name) ? { adopted: true } : {}),
  }));
  const retained = outcome.retained.map((one) => ({ ...one, retained: true as const }));
  const stay = former === "stays" ? record.recordedFor(key) : [];
  const older = [...retained, ...stay].filter(({ name }) => now.every((context) => context.name !== name));
  const inherited = record.findInherited(key);
  return [
    { ...key, configLocation: author.location, definedIn, fingerprint, contexts: [...now, ...older] },
    ...(inherited === undefined || author.location === undefined ? [] : [{ ...inherited, contexts: [] }]),
  ];
}

function listContexts({ entry: { cluster, contexts, user } }: EntryOutcome): readonly RecordedContext[] {
  return contexts.map(({ name }) => ({ name, cluster: cluster.name, user: user.name }));
}

/** The endpoint on whose word the cluster was added: what another has added, no later word makes its own. */
function findDescriber(record: AuthorRecord, { entry, outcome }: SoundEntry): string | undefined {
  const { place: { path: file }, describedBy } = entry;
  if (describedBy === undefined || describedBy === BY_CONFIGURATION) return undefined;
  const isKnown = record.describedBy({ file, cluster: outcome.entry.cluster.name, describedBy }).length > 0;
  return outcome.isClusterNew || isKnown ? describedBy : undefined;
}
