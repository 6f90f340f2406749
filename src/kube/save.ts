import type { AppError } from "../errors.ts";
import { decodeUtf8, encodeUtf8, lenientUtf8 } from "../formats/text/utf8.ts";
import { YamlError } from "../formats/text/source_error.ts";
import type { Needs } from "../host/host.ts";
import type { StoreHost, Updated } from "../store/replace.ts";
import type { EditResult } from "./edit.ts";
import { editEntries, type EntriesResult, type EntryOutcome } from "./edit_entries.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { mergeFailure, readKubeconfig, updateKubeconfigFile } from "./kubeconfig_file.ts";
import type { KubeconfigPlace } from "./locate.ts";

export type KubeconfigChange = EntryEdit & { readonly place: KubeconfigPlace };

/** Entries that go into one file. */
export interface KubeconfigChanges {
  readonly place: KubeconfigPlace;
  readonly edits: readonly EntryEdit[];
}

export interface Saved extends EditResult {
  readonly written: Updated;
}

export interface SavedAll {
  /** What became of each entry, in order. */
  readonly outcomes: readonly (EntryOutcome | AppError)[];
  readonly written: Updated;
}

export interface Preview extends EditResult {
  /** undefined when there is no file. */
  readonly before: string | undefined;
}

/**
 * Puts an entry into a kubeconfig file under its lock, as one atomic replacement; the same input again writes nothing.
 * Errors: "kubeconfig-merge" (with line and column) for a file that can't be edited safely, "kubeconfig-write" when the
 * disk fails, "locked" when other writers don't finish in time; the file is then as it was.
 */
export async function saveKubeconfig(host: StoreHost & Needs<"env">, change: KubeconfigChange): Promise<Saved> {
  const { place, ...edit } = change;
  let text = "";
  const check = (result: EditedAll) => {
    const [outcome] = result.outcomes;
    if (outcome instanceof Error) throw outcome;
    text = result.text;
  };
  const written = await saved(host, { place, edits: [edit], check });
  return { ...written.outcomes[0] as EntryOutcome, text, written: written.written };
}

/**
 * Puts several entries into a kubeconfig file in one write. A conflict of one is its own outcome; errors of the whole
 * file are thrown, as above.
 */
export async function saveEntries(host: StoreHost & Needs<"env">, changes: KubeconfigChanges): Promise<SavedAll> {
  return await saved(host, { ...changes, check: () => {} });
}

interface Saving extends KubeconfigChanges {
  /** May refuse the result before it is written. */
  readonly check: (result: EditedAll) => void;
}

async function saved(host: StoreHost & Needs<"env">, { place, edits, check }: Saving): Promise<SavedAll> {
  let outcomes: SavedAll["outcomes"] = [];
  const edit = (old: Uint8Array | undefined) => {
    const result = editBytes({ place, edits }, old);
    check(result);
    outcomes = result.outcomes;
    return encodeUtf8(result.text);
  };
  const keepBackup = edits.some(({ update }) => update === "replace");
  const written = await updateKubeconfigFile(host, { place, edit, keepBackup });
  return { outcomes, written };
}

/** What {@link saveKubeconfig} would make of the file now. Permission: read. */
export function previewKubeconfig(host: Needs<"read">, change: KubeconfigChange): Preview {
  const { place, ...edit } = change;
  const { before, text, outcomes: [outcome] } = previewEntries(host, { place, edits: [edit] });
  if (outcome instanceof Error) throw outcome;
  return { before, text, ...outcome! };
}

export interface EntriesPreview extends EditedAll {
  /** undefined when there is no file. */
  readonly before: string | undefined;
}

/** What {@link saveEntries} would make of the file now. Permission: read. */
export function previewEntries(host: Needs<"read">, changes: KubeconfigChanges): EntriesPreview {
  const old = readKubeconfig(host, changes.place.path);
  return { before: old === undefined ? undefined : lenientUtf8(old), ...editBytes(changes, old) };
}

interface EditedAll extends EntriesResult {
  readonly outcomes: readonly (EntryOutcome | AppError)[];
}

function editBytes({ place: { path }, edits }: KubeconfigChanges, old: Uint8Array | undefined): EditedAll {
  const replaces = edits.some(({ update }) => update === "replace");
  try {
    // What is replaced as a whole need not be readable: it is kept beside.
    const source = old === undefined ? "" : replaces ? lenientUtf8(old) : decodeUtf8(old);
    const { text, outcomes } = editEntries({ source, edits });
    return { text, outcomes: outcomes.map((one) => one instanceof YamlError ? mergeFailure(path, one) : one) };
  } catch (error) {
    throw error instanceof YamlError ? mergeFailure(path, error) : error;
  }
}
