import type { AppError } from "../../errors.ts";
import { decodeUtf8, encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { Needs } from "../../host/host.ts";
import type { StoreHost, Updated } from "../../store/replace.ts";
import { editEntries, type EntriesResult, type EntryOutcome } from "./edit_entries.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { isAfterWrite, mergeFailure, previewKubeconfigFile, updateKubeconfigFile } from "./kubeconfig_file.ts";
import type { KubeconfigLocation } from "./locate.ts";

/** Entries that go into one file. */
export interface KubeconfigChanges {
  readonly location: KubeconfigLocation;
  readonly edits: readonly EntryEdit[];
}

/** What became of each entry, in order: a conflict of one leaves the others alone. */
type Outcomes = readonly (EntryOutcome | AppError)[];

export interface Saved {
  readonly outcomes: Outcomes;
  /** undefined when every entry was refused, and the file is not touched; and with `failure`. */
  readonly written: Updated | undefined;
  /** What went wrong once the file was written. */
  readonly failure?: AppError;
}

/**
 * Puts entries into a kubeconfig file under its lock, as one atomic replacement; the same input again writes nothing.
 * Errors: "kubeconfig-merge" (with line and column) for a file that can't be edited safely, "kubeconfig-write" when the
 * disk fails, "locked" when other writers don't finish in time; the file is then as it was. What fails later is returned.
 */
export async function saveEntries(host: StoreHost & Needs<"env" | "run">, changes: KubeconfigChanges): Promise<Saved> {
  let outcomes: Outcomes = [];
  const change = fileChange(changes, (edited) => {
    outcomes = edited.outcomes;
    // What was read of a big file takes several times its size.
    if (edited.text.length > BIG) host.sys.freeMemory?.();
  });
  try {
    return { written: await updateKubeconfigFile(host, change), outcomes };
  } catch (error) {
    if (error instanceof NothingToWrite) return { outcomes, written: undefined };
    if (isAfterWrite(error)) return { outcomes, written: undefined, failure: error };
    throw error;
  }
}

const BIG = 4 * 1024 * 1024;

/** Ends a write before anything of the file is touched. */
class NothingToWrite extends Error {}

export interface Preview extends Edited {
  /** The file, links resolved. */
  readonly path: string;
  /** undefined when there is no file. */
  readonly before: string | undefined;
  /** Where the old file would be kept. */
  readonly backup?: string;
}

/** What {@link saveEntries} would make of the file now, on the same road, with the same errors. Permissions: env, read, sys. */
export function previewEntries(host: Needs<"env" | "read" | "sys">, changes: KubeconfigChanges): Preview {
  const { location: { path } } = changes;
  let preview: Preview = { path, before: undefined, text: "", outcomes: [] };
  const change = fileChange(changes, (edited, old) => {
    preview = { path, before: old === undefined ? undefined : lenientUtf8(old), ...edited };
  });
  try {
    const found = previewKubeconfigFile(host, change);
    return { ...preview, ...found };
  } catch (error) {
    if (error instanceof NothingToWrite) return preview;
    throw error;
  }
}

/** The change of the file; `seen` is called with what each edit of its content makes, last with what counts. */
function fileChange(changes: KubeconfigChanges, seen: (edited: Edited, old: Uint8Array | undefined) => void) {
  const edit = (old: Uint8Array | undefined) => {
    const edited = editBytes(changes, old);
    seen(edited, old);
    if (edited.outcomes.every((outcome) => outcome instanceof Error)) throw new NothingToWrite();
    return encodeUtf8(edited.text);
  };
  return { location: changes.location, edit, keepBackup: changes.edits.some(({ update }) => update === "replace") };
}

interface Edited extends EntriesResult {
  readonly outcomes: Outcomes;
}

function editBytes({ location: { path }, edits }: KubeconfigChanges, old: Uint8Array | undefined): Edited {
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
