import { AppError } from "../errors.ts";
import { placeAt } from "../formats/text_place.ts";
import { YamlError } from "../formats/yaml_error.ts";
import { documentText, PLAIN_LAYOUT } from "../formats/yaml_render.ts";
import { Splicer } from "../formats/yaml_splice.ts";
import type { YamlMap } from "../formats/yaml_value.ts";
import { type Entry, type EntryFacts, entryOf, wholeConfig } from "./entry.ts";
import { type Kubeconfig, parseKubeconfig, PAYLOAD, refuseMergeKeys, SECTIONS } from "./kubeconfig.ts";
import { withKeptOutput } from "./kept_output.ts";
import { ownedEntry } from "./owner.ts";
import { prove } from "./prove.ts";
import { type Wanted, wantedItem } from "./wanted.ts";

export type UpdateMode = "merge" | "replace" | "error";
/** When the file's current-context becomes ours. */
export type SwitchContext = "always" | "if-none" | "never";

export interface EditInput {
  readonly source: string;
  readonly facts: EntryFacts;
  readonly update: UpdateMode;
  readonly switchContext: SwitchContext;
}

export interface EditResult {
  readonly text: string;
  readonly action: "added" | "updated" | "unchanged";
  readonly entry: Entry;
}

/**
 * A kubeconfig text with our entry in it; every byte outside the entry stays, proved by parsing the result again.
 * Throws YamlError (place) for a text that is no kubeconfig and AppError "kubeconfig-merge" for a conflict of names.
 */
export function editKubeconfig(input: EditInput): EditResult {
  if (input.update === "replace") return replaceWhole(input);
  const config = parseKubeconfig(input.source);
  const entry = withKeptOutput(config, ownedEntry(config, input.facts));
  if (input.update === "error") refuseExisting(config, entry);
  const wanted = wantedOf(config, { entry, switchContext: input.switchContext });
  const text = spliced(config, wanted);
  if (text === input.source) return { text, action: "unchanged", entry };
  prove(config, { after: parsedAgain(config, text), wanted });
  return { text, action: config.contexts.entries.has(entry.context.name) ? "updated" : "added", entry };
}

/** A result that cannot be read would mean that the layout of the source is beyond this editor. */
function parsedAgain(before: Kubeconfig, text: string): Kubeconfig {
  try {
    return parseKubeconfig(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const place = placeAt(before.text.source, before.text.root?.start ?? 0);
    throw new YamlError("the file is laid out in a way that cannot be edited safely", place);
  }
}

function replaceWhole({ source, facts, switchContext }: EditInput): EditResult {
  const entry = entryOf(facts);
  const current = switchContext === "never" ? undefined : entry.context.name;
  const text = documentText(PLAIN_LAYOUT, wholeConfig(entry, current));
  return { text, action: text === source ? "unchanged" : "added", entry };
}

function wantedOf(config: Kubeconfig, at: { entry: Entry; switchContext: SwitchContext }): Wanted {
  const { entry, switchContext } = at;
  const switches = switchContext === "always" || (switchContext === "if-none" && config.currentContext === undefined);
  return {
    entries: [
      { section: "clusters", ...entry.cluster },
      { section: "contexts", ...entry.context },
      { section: "users", ...entry.user },
    ],
    currentContext: switches ? entry.context.name : undefined,
  };
}

function spliced(config: Kubeconfig, wanted: Wanted): string {
  const splicer = new Splicer(config.text);
  const missing: Record<string, YamlMap[]> = {};
  for (const want of wanted.entries) {
    const { list, entries } = config[want.section];
    const value = wantedItem(want);
    const found = entries.get(want.name);
    if (found !== undefined) {
      refuseMergeKeys(config.text, found.node);
      splicer.change(found.node, value);
    } else if (list !== undefined) splicer.append(list, value);
    else (missing[want.section] ??= []).push(value);
  }
  splicer.root(rootValues({ config, missing, wanted }));
  return splicer.apply();
}

/** What is set at the top of the document. A new document has its keys in the usual order. */
function rootValues(
  { config, missing, wanted }: { config: Kubeconfig; missing: Record<string, YamlMap[]>; wanted: Wanted },
): YamlMap {
  const fresh = (config.text.root?.items.length ?? 0) === 0 ? { apiVersion: "v1", kind: "Config" } : {};
  const current = wanted.currentContext === undefined ? {} : { "current-context": wanted.currentContext };
  return { ...fresh, ...current, ...missing };
}

function refuseExisting(config: Kubeconfig, entry: Entry): void {
  const named = { clusters: entry.cluster.name, contexts: entry.context.name, users: entry.user.name };
  const taken = SECTIONS.find((section) => config[section].entries.has(named[section]));
  if (taken === undefined) return;
  throw new AppError("kubeconfig-merge", `Cannot add ${PAYLOAD[taken]} "${named[taken]}": it is there already`, {
    hint: "Use --update merge to change it in place.",
    facts: { [PAYLOAD[taken]]: named[taken] },
  });
}
