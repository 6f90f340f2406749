import { AppError } from "../../errors.ts";
import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { Splicer } from "../../formats/yaml/splice.ts";
import type { YamlMap } from "../../formats/yaml/value.ts";
import { buildItem, type DesiredEntries, type DesiredEntry, getEntryKey } from "./desired_entries.ts";
import type { Entry } from "./entry.ts";
import type { EntryEdit, RecordedContext } from "./entry_edit.ts";
import { refuseReplacements } from "./foreign_entries.ts";
import { keepCommands } from "./keep_command.ts";
import { type Kubeconfig, parseKubeconfig, refuseMergeKeys, SECTIONS } from "./kubeconfig.ts";
import { planDesired } from "./plan_desired.ts";
import { planEdits, type PlannedEdit } from "./plan_edits.ts";
import { prove } from "./prove.ts";
import { refuseUnreadable } from "./unreadable.ts";
import { findOtherCredentials, type OtherCredentials } from "./user_credentials.ts";

export interface EntryOutcome {
  readonly action: "added" | "updated" | "unchanged";
  readonly entry: Entry;
  /** Older names of contexts that have new ones or are removed. */
  readonly renamed: readonly string[];
  /** Contexts whose names are not requested any more, and that stay for what a user has added to them. */
  readonly retained: readonly RecordedContext[];
  /** Names of its contexts that were in the file before, and that its configuration has not written. */
  readonly adopted: readonly string[];
  /** Whether the file had nothing of the cluster's name. */
  readonly isClusterNew: boolean;
  /** What its user had beside the plugin, or has. */
  readonly otherCredentials?: OtherCredentials;
}

export interface EntriesResult {
  readonly text: string;
  /** What became of each edit, in order: a conflict of one leaves the others alone. */
  readonly outcomes: readonly (EntryOutcome | AppError | YamlError)[];
}

/**
 * A kubeconfig text with entries in it, all at once; every byte outside them stays, proved by parsing the result again.
 * Where one of them asks to replace the file, it is these entries and nothing else. Throws YamlError (place) for a text
 * that is no kubeconfig, and for one that kubectl would not read afterwards.
 */
export function editEntries(
  { source, edits: given }: { readonly source: string; readonly edits: readonly EntryEdit[] },
): EntriesResult {
  const replaces = given.some(({ update }) => update === "replace");
  const before = replaces ? parseReadable(source) : parseKubeconfig(source);
  const config = replaces ? parseKubeconfig("") : before;
  if (given.length === 0) return { text: source, outcomes: [] };
  const edits = keepCommands(before, given);
  const refused = replaces ? refuseReplacements(before, edits) : new Map<number, AppError>();
  if (refused.size > 0) {
    const { text, outcomes } = editEntries({ source, edits: edits.filter((_, index) => !refused.has(index)) });
    const left = [...outcomes];
    return { text, outcomes: edits.map((_, index) => refused.get(index) ?? left.shift()!) };
  }
  const { text, outcomes, after } = editWhatFits(config, { edits, replaces });
  refuseUnreadable(config, after);
  return { text, outcomes: replaces && text === source ? outcomes.map(markUnchanged) : outcomes };
}

interface Edited extends EntriesResult {
  /** The text as it is read again. */
  readonly after: Kubeconfig;
}

function editWhatFits(
  config: Kubeconfig,
  { edits, replaces }: { readonly edits: readonly EntryEdit[]; readonly replaces: boolean },
): Edited {
  try {
    return editTogether(config, edits);
  } catch (error) {
    if (replaces || !(error instanceof YamlError)) throw error;
    return editWithoutRefused(config, edits);
  }
}

/** What cannot be read says nothing, and is about to be replaced. */
function parseReadable(source: string): Kubeconfig {
  try {
    return parseKubeconfig(source);
  } catch (error) {
    if (error instanceof YamlError) return parseKubeconfig("");
    throw error;
  }
}

function markUnchanged(outcome: EntryOutcome | AppError | YamlError): EntryOutcome | AppError | YamlError {
  return outcome instanceof Error ? outcome : { ...outcome, action: "unchanged" };
}

/**
 * Slower, to find out which of them the file's layout refuses; the others are made together, since they may meet. Throws
 * YamlError where only their meeting is refused.
 */
function editWithoutRefused(config: Kubeconfig, edits: readonly EntryEdit[]): Edited {
  const refused = edits.map((edit) => findLayoutRefusal(config, edit));
  const { outcomes, ...edited } = editTogether(config, edits.filter((_, index) => refused[index] === undefined));
  const left = [...outcomes];
  return { ...edited, outcomes: refused.map((error) => error ?? left.shift()!) };
}

function findLayoutRefusal(config: Kubeconfig, edit: EntryEdit): YamlError | undefined {
  try {
    editTogether(config, [edit]);
    return undefined;
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
}

function editTogether(config: Kubeconfig, edits: readonly EntryEdit[]): Edited {
  const plan = planEdits(config, edits);
  const desired = planDesired(config, plan);
  const { text, changed } = spliceEntries(config, desired);
  const after = text === config.text.source ? config : parseResult(config, text);
  if (after !== config) prove(config, { after, desired });
  const switched = desired.currentContext !== config.currentContext ? desired.currentContext : undefined;
  const all = new Map(desired.entries.map((entry) => [getEntryKey(entry), entry]));
  return {
    text,
    after,
    outcomes: plan.planned.map((one) => reportOutcome(one, { config, desired: all, changed, switched })),
  };
}

interface Change {
  /** The file as it was. */
  readonly config: Kubeconfig;
  /** By their keys. */
  readonly desired: ReadonlyMap<string, DesiredEntry>;
  /** Keys of those that are not as they were. */
  readonly changed: ReadonlySet<string>;
  readonly switched: string | undefined;
}

function reportOutcome(
  planned: PlannedEdit | AppError,
  { config, desired, changed, switched }: Change,
): EntryOutcome | AppError {
  if (planned instanceof AppError) return planned;
  const { entry, renames: { renamed, removed, retained } } = planned;
  const parts = [
    getEntryKey({ section: "clusters", name: entry.cluster.name }),
    ...entry.contexts.map(({ name }) => getEntryKey({ section: "contexts", name })),
    getEntryKey({ section: "users", name: entry.user.name }),
  ];
  const touched = parts.some((part) => changed.has(part)) || removed.length > 0 ||
    (switched !== undefined && entry.contexts.some(({ name }) => name === switched));
  const first = desired.get(getEntryKey({ section: "contexts", name: entry.context.name }));
  const isThere = renamed.size > 0 || first?.previousName !== undefined;
  // Another edit may have taken it over.
  const stay = retained.filter(({ name }) => !desired.has(getEntryKey({ section: "contexts", name })));
  const action = touched ? (isThere ? "updated" : "added") : "unchanged";
  const user = desired.get(parts.at(-1)!)?.previousName;
  const payload = config.users.entries.get(user ?? "")?.payload;
  const otherCredentials = findOtherCredentials(payload, { user: entry.user.name });
  return {
    entry,
    ...(otherCredentials === undefined ? {} : { otherCredentials }),
    renamed: [...renamed.values(), ...removed],
    retained: stay,
    adopted: listAdopted(planned, desired),
    isClusterNew: desired.get(parts[0]!)?.previousName === undefined,
    action,
  };
}

/** What is made of a context that is there, and that neither this edit nor another one of its configuration has written. */
function listAdopted({ edit, entry, managed }: PlannedEdit, desired: Change["desired"]): readonly string[] {
  const written = new Set(edit.written?.map((one) => one.name));
  return entry.contexts.flatMap(({ name }) => {
    const { previousName } = desired.get(getEntryKey({ section: "contexts", name })) ?? {};
    if (previousName === undefined) return [];
    const recorded = managed.get(previousName)?.recorded;
    const isWritten = recorded === undefined ? written.has(previousName) : !recorded.adopted;
    return isWritten ? [] : [name];
  });
}

/** A result that cannot be read would mean that the layout of the source is beyond this editor. */
export function parseResult(before: Kubeconfig, text: string): Kubeconfig {
  try {
    return parseKubeconfig(text, before);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const place = placeAt(before.text.source, before.text.root?.start ?? 0);
    throw new YamlError("the file is laid out in a way that cannot be edited safely", place);
  }
}

function spliceEntries(
  config: Kubeconfig,
  desired: DesiredEntries,
): { readonly text: string; readonly changed: ReadonlySet<string> } {
  const splicer = new Splicer(config.text);
  const missing: Record<string, YamlMap[]> = {};
  const changed = new Set<string>();
  for (const entry of desired.entries) {
    const { list, entries } = config[entry.section];
    const value = buildItem(entry);
    const found = entry.previousName === undefined ? undefined : entries.get(entry.previousName);
    const before = splicer.size;
    if (found !== undefined) {
      refuseMergeKeys(config.text, found.node);
      splicer.change(found.node, value);
    } else if (list !== undefined) splicer.append(list, value);
    else (missing[entry.section] ??= []).push(value);
    if (splicer.size > before || (found === undefined && list === undefined)) changed.add(getEntryKey(entry));
  }
  removeItems(splicer, { config, desired });
  splicer.root(buildRoot({ config, missing, desired }));
  return { text: splicer.apply(), changed };
}

/** Removes the items of entries that must not be there any more. */
export function removeItems(
  splicer: Splicer,
  { config, desired }: { config: Kubeconfig; desired: DesiredEntries },
): void {
  for (const section of SECTIONS) {
    const { list, entries } = config[section];
    const removed = new Set([...desired.removed[section]].flatMap((name) => entries.get(name)?.node ?? []));
    if (list !== undefined && removed.size > 0) splicer.removeItems(list, removed);
  }
}

/** What is set at the top of the document. A new document has its keys in the usual order. */
function buildRoot(
  { config, missing, desired }: { config: Kubeconfig; missing: Record<string, YamlMap[]>; desired: DesiredEntries },
): YamlMap {
  const fresh = (config.text.root?.items.length ?? 0) === 0 ? { apiVersion: "v1", kind: "Config" } : {};
  const current = desired.currentContext === undefined ? {} : { "current-context": desired.currentContext };
  return desired.entries.length === 0 ? current : { ...fresh, ...current, ...missing };
}
