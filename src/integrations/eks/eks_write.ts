import { isTrustedPlace } from "../../config/trust/trusted_places.ts";
import { AppError } from "../../errors.ts";
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
import { keepCurrent } from "../../kube/kubectl/keep_current.ts";
import { watchSelectors } from "../../kube/kubectl/pin_selectors.ts";
import { readNamesElsewhere } from "../../kube/kubectl/names_elsewhere.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { AuthorRecord } from "./author_record.ts";
import { BY_CONFIGURATION, type ClusterEntry, isForFlags } from "./cluster_entry.ts";

type RecordHost = Needs<"env" | "read" | "sys">;

/** What writing entries into their file would do, with the same errors. Permissions: env, read, sys. */
export async function previewEks(host: RecordHost, found: readonly ClusterEntry[]): Promise<Preview> {
  const record = await recordFor(host, found);
  const preview = previewEntries(host, planChanges(host, { record, found }));
  return { ...preview, outcomes: await withOwners(preview.outcomes, { record, found }) };
}

interface WrittenEks extends Saved {
  /** The file, links resolved where it was written. */
  readonly path: string;
  /** What went wrong beside the file, which is written. */
  readonly warnings: readonly AppError[];
}

/** Writes the entries of one file at once; what is written is recorded, whatever fails then. Errors as for saveEntries. */
export async function writeEks(
  host: StoreHost & Needs<"env" | "run">,
  found: readonly ClusterEntry[],
): Promise<WrittenEks> {
  const record = await recordFor(host, found);
  const { watchOwnEntries } = await import("./own_entries.ts");
  const definedIn = found.flatMap(({ owner }) => owner?.definedIn ?? []);
  const trustWritten = await watchOwnEntries(host, { path: found[0]!.place.path, definedIn });
  // What is written goes on record, whatever comes then.
  const { interruption: _, ...clock } = host.clock;
  const settled = { ...host, clock };
  const pinSelectors = watchSelectors(settled, found[0]!.place.path);
  const { outcomes, written, failure } = await saveEntries(host, planChanges(host, { record, found }));
  const warnings = await pinSelectors();
  const { listWritten } = await import("./written_contexts.ts");
  const contexts = listWritten(record, found.map((entry, at) => ({ entry, outcome: outcomes[at]! })));
  if (contexts.length > 0) await (await import("./context_record.ts")).recordContexts(settled, contexts);
  await trustWritten();
  if (failure !== undefined) throw failure;
  const path = written?.path ?? found[0]!.place.path;
  return { path, written, warnings, outcomes: await withOwners(outcomes, { record, found }) };
}

/** All of one run are of one configuration, or of none. */
async function recordFor(host: RecordHost, found: readonly ClusterEntry[]): Promise<AuthorRecord> {
  const { readAuthorRecord } = await import("./author_record.ts");
  const authors = found.map(({ owner, author }) => owner?.author ?? author);
  const author = authors.find((one) => one !== undefined) ?? { location: undefined, realm: "" };
  return readAuthorRecord(host, author, found.flatMap(({ owner }) => owner ?? []));
}

/** All entries of one file as what is to change in it. */
function planChanges(
  host: RecordHost,
  { record, found }: { readonly record: AuthorRecord; readonly found: readonly ClusterEntry[] },
): KubeconfigChanges {
  const { path } = found[0]!.place;
  const modes = found.flatMap(({ place }) => place.mode ?? []);
  // The strictest of those that are asked for.
  const mode = modes.length === 0 ? undefined : modes.reduce((one, other) => one & other);
  return {
    location: { path, mode },
    edits: planEntryEdits(host, { record, found }),
  };
}

function planEntryEdits(
  host: RecordHost,
  { record, found }: { readonly record: AuthorRecord; readonly found: readonly ClusterEntry[] },
): readonly EntryEdit[] {
  const { path } = found[0]!.place;
  const written = record.writtenIn(path);
  const ofConfiguration = { written, foreign: record.foreignIn(path), editable: record.editableIn(path) };
  const byFlags = ({ edit: { areNamesTyped, isIdentityImplied } }: ClusterEntry) => {
    const rights = { mayTakeAbandoned: areNamesTyped === true && isIdentityImplied !== true };
    return {
      written,
      foreign: record.foreignToFlags(path, rights),
      editable: record.editableByFlags(path, rights),
    };
  };
  const elsewhere = readNamesElsewhere(host, { path, record });
  const keepsCurrent = keepCurrent(host, path);
  return found.map((one) => {
    const isOwn = isUsersOwn(host, one);
    const mayHide = { contexts: isOwn, user: isOwn || one.isUserTyped === true };
    return {
      ...keepsCurrent(planEdit(one, record), { isOwn }),
      ...isForFlags(one) ? byFlags(one) : ofConfiguration,
      elsewhere,
      mayHide,
    };
  });
}

/**
 * Whether the user has said what the contexts are called: with a flag, or in a configuration of their own. Where words of
 * identities and accounts are in the name, or the names are in no file, all that says who logs in must be the user's own.
 */
function isUsersOwn(host: RecordHost, { owner, author = owner?.author, edit, hasTemplate }: ClusterEntry): boolean {
  if (edit.areNamesTyped === true || author?.location === undefined) return true;
  const definedIn = owner?.definedIn ?? [];
  const files = definedIn.length === 0 || hasTemplate ? [author.location] : definedIn;
  return files.every((file) => isTrustedPlace(host, file));
}

/** With its own contexts of former days, and those that it takes over from other identities under the same name. */
function planEdit({ edit, former, owner, place, describedBy }: ClusterEntry, record: AuthorRecord): EntryEdit {
  const { arn: cluster } = edit.facts;
  const heard = describedBy === undefined || describedBy === BY_CONFIGURATION
    ? []
    : record.describedBy({ file: place.path, cluster, describedBy });
  const described = describedBy === undefined ? edit : { ...edit, hearsay: heard };
  if (owner === undefined || former !== "moves") return described;
  const key = { file: place.path, ...owner };
  const names = listContextNames(edit.facts);
  const others = record.recordedForOthers(key).filter(({ name }) => names.includes(name));
  return {
    ...described,
    recorded: [...record.recordedFor(key), ...others.map((one) => ({ ...one, hasOtherIdentity: true as const }))]
      .filter(({ adopted }) => !adopted),
  };
}

/** Where a context of another integration or configuration was in the way, whose it is and the ways out. */
async function withOwners(
  outcomes: Saved["outcomes"],
  { record, found }: { readonly record: AuthorRecord; readonly found: readonly ClusterEntry[] },
): Promise<Saved["outcomes"]> {
  if (!outcomes.some((outcome) => outcome instanceof AppError)) return outcomes;
  const { nameOwner } = await import("./name_owner.ts");
  return outcomes.map((error, at) =>
    error instanceof AppError ? nameOwner(record, { error, entry: found[at]! }) : error
  );
}
