import { AppError } from "../../errors.ts";
import { placeAt } from "../../formats/text/position.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import { Splicer } from "../../formats/yaml/splice.ts";
import type { YamlMap } from "../../formats/yaml/value.ts";
import type { Entry } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { type Kubeconfig, parseKubeconfig, refuseMergeKeys, SECTIONS } from "./kubeconfig.ts";
import { planEdits, type PlannedEdit } from "./plan_edits.ts";
import { planWanted } from "./plan_desired.ts";
import { prove } from "./prove.ts";
import { keyOf, type Wanted, type WantedEntry, wantedItem } from "./desired_entries.ts";
import type { WrittenContext } from "./recorded_context.ts";

export interface EntryOutcome {
  readonly action: "added" | "updated" | "unchanged";
  readonly entry: Entry;
  /** Contexts that were ours under an older alias, and are gone. */
  readonly moved: readonly string[];
  /** Contexts that were ours under an older alias, and stay for what a person has added to them. */
  readonly kept: readonly WrittenContext[];
}

export interface EntriesInput {
  readonly source: string;
  readonly edits: readonly EntryEdit[];
}

export interface EntriesResult {
  readonly text: string;
  /** What became of each edit, in order: a conflict of one leaves the others alone. */
  readonly outcomes: readonly (EntryOutcome | AppError | YamlError)[];
}

/**
 * A kubeconfig text with entries in it, all at once; every byte outside them stays, proved by parsing the result again.
 * Where one of them asks to replace the file, it is these entries and nothing else. Throws YamlError (place) for a text
 * that is no kubeconfig.
 */
export function editEntries({ source, edits }: EntriesInput): EntriesResult {
  const replaces = edits.some(({ update }) => update === "replace");
  const config = parseKubeconfig(replaces ? "" : source);
  if (edits.length === 0) return { text: source, outcomes: [] };
  try {
    const { text, outcomes } = editTogether(config, edits);
    return { text, outcomes: replaces && text === source ? outcomes.map(unchanged) : outcomes };
  } catch (error) {
    if (replaces || !(error instanceof YamlError)) throw error;
    return editWithoutRefused(config, edits);
  }
}

function unchanged(outcome: EntryOutcome | AppError | YamlError): EntryOutcome | AppError | YamlError {
  return outcome instanceof Error ? outcome : { ...outcome, action: "unchanged" };
}

/**
 * Slower, to find out which of them the file's layout refuses; the others are made together, since they may meet. Throws
 * YamlError where only their meeting is refused.
 */
function editWithoutRefused(config: Kubeconfig, edits: readonly EntryEdit[]): EntriesResult {
  const refused = edits.map((edit) => layoutRefusal(config, edit));
  const { text, outcomes } = editTogether(config, edits.filter((_, at) => refused[at] === undefined));
  const left = [...outcomes];
  return { text, outcomes: refused.map((error) => error ?? left.shift()!) };
}

function layoutRefusal(config: Kubeconfig, edit: EntryEdit): YamlError | undefined {
  try {
    editTogether(config, [edit]);
    return undefined;
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
}

function editTogether(config: Kubeconfig, edits: readonly EntryEdit[]): EntriesResult {
  const plan = planEdits(config, edits);
  const wanted = planWanted(config, plan);
  const { text, changed } = spliced(config, wanted);
  if (text !== config.text.source) prove(config, { after: parsedAgain(config, text), wanted });
  const switched = wanted.currentContext !== config.currentContext ? wanted.currentContext : undefined;
  const all = new Map(wanted.entries.map((want) => [keyOf(want), want]));
  return { text, outcomes: plan.planned.map((one) => outcomeOf(one, { wanted: all, changed, switched })) };
}

interface Change {
  /** By their keys. */
  readonly wanted: ReadonlyMap<string, WantedEntry>;
  /** Keys of those that are not as they were. */
  readonly changed: ReadonlySet<string>;
  readonly switched: string | undefined;
}

function outcomeOf(planned: PlannedEdit | AppError, { wanted, changed, switched }: Change): EntryOutcome | AppError {
  if (planned instanceof AppError) return planned;
  const { entry, moves: { moved, gone, kept } } = planned;
  const parts = [
    keyOf({ section: "clusters", name: entry.cluster.name }),
    ...entry.contexts.map(({ name }) => keyOf({ section: "contexts", name })),
    keyOf({ section: "users", name: entry.user.name }),
  ];
  const touched = parts.some((part) => changed.has(part)) || gone.length > 0 ||
    (switched !== undefined && entry.contexts.some(({ name }) => name === switched));
  const first = wanted.get(keyOf({ section: "contexts", name: entry.context.name }));
  const isThere = moved.size > 0 || first?.from !== undefined;
  // Another edit may have taken it over.
  const stay = kept.filter(({ name }) => !wanted.has(keyOf({ section: "contexts", name })));
  const action = touched ? (isThere ? "updated" : "added") : "unchanged";
  return { entry, moved: [...moved.values(), ...gone], kept: stay, action };
}

/** A result that cannot be read would mean that the layout of the source is beyond this editor. */
export function parsedAgain(before: Kubeconfig, text: string): Kubeconfig {
  try {
    return parseKubeconfig(text, before);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const place = placeAt(before.text.source, before.text.root?.start ?? 0);
    throw new YamlError("the file is laid out in a way that cannot be edited safely", place);
  }
}

function spliced(config: Kubeconfig, wanted: Wanted): { readonly text: string; readonly changed: ReadonlySet<string> } {
  const splicer = new Splicer(config.text);
  const missing: Record<string, YamlMap[]> = {};
  const changed = new Set<string>();
  for (const want of wanted.entries) {
    const { list, entries } = config[want.section];
    const value = wantedItem(want);
    const found = want.from === undefined ? undefined : entries.get(want.from);
    const before = splicer.size;
    if (found !== undefined) {
      refuseMergeKeys(config.text, found.node);
      splicer.change(found.node, value);
    } else if (list !== undefined) splicer.append(list, value);
    else (missing[want.section] ??= []).push(value);
    if (splicer.size > before || (found === undefined && list === undefined)) changed.add(keyOf(want));
  }
  removeGone(splicer, { config, wanted });
  splicer.root(rootValues({ config, missing, wanted }));
  return { text: splicer.apply(), changed };
}

/** Takes what must not be there any more out of its lists. */
export function removeGone(splicer: Splicer, { config, wanted }: { config: Kubeconfig; wanted: Wanted }): void {
  for (const section of SECTIONS) {
    const { list, entries } = config[section];
    const gone = new Set([...wanted.removed[section]].flatMap((name) => entries.get(name)?.node ?? []));
    if (list !== undefined && gone.size > 0) splicer.removeItems(list, gone);
  }
}

/** What is set at the top of the document. A new document has its keys in the usual order. */
function rootValues(
  { config, missing, wanted }: { config: Kubeconfig; missing: Record<string, YamlMap[]>; wanted: Wanted },
): YamlMap {
  const fresh = (config.text.root?.items.length ?? 0) === 0 ? { apiVersion: "v1", kind: "Config" } : {};
  const current = wanted.currentContext === undefined ? {} : { "current-context": wanted.currentContext };
  return wanted.entries.length === 0 ? current : { ...fresh, ...current, ...missing };
}
