import type { CopyAttributes } from "./attributes.ts";
import { sameBytes } from "./same_file.ts";
import type { CurrentFile } from "./current_file.ts";
import { RefusedFile } from "./explain_file_error.ts";
import { isReadOnly } from "./file_mode.ts";
import { nameShellCommand, remedy } from "../remedy.ts";

/** What to make of a file. */
export interface Change {
  /** The file itself, links resolved. */
  readonly path: string;
  /** Old bytes (undefined when there is no file) to new bytes. May be called twice; must give equal answers. */
  readonly edit: (old: Uint8Array | undefined) => Uint8Array;
  /** Wanted permission bits; an existing file keeps its own by default, a new one gets 0600. */
  readonly mode?: number;
  /** Keep the old bytes as `<path>.bak`, or under the next number where that is something else. */
  readonly keepBackup?: boolean;
  /** Whether it is a file of this program's own, in directories that must be its user's alone. */
  readonly isOwn?: boolean;
  /** Where copies go when the file's own directory takes none; created 0700. */
  readonly stateDirectory?: string;
  /** How a new file gets the ACL and the extended attributes of the old one, where the command may start programs. */
  readonly copyAttributes?: CopyAttributes;
}

/** What came of it. */
export interface Outcome {
  readonly created: boolean;
  /** Whether the bytes differ from before. */
  readonly changed: boolean;
  /** Whether the file was overwritten where it is, since it could not be replaced. */
  readonly inPlace: boolean;
  /** Whether the file had other names (hard links), which keep the old content. */
  readonly brokeHardLink: boolean;
  /** Where the old bytes were kept. */
  readonly backup?: string;
}

export const UNTOUCHED: Outcome = { created: false, changed: false, inPlace: false, brokeHardLink: false };

/**
 * The new bytes; undefined when nothing has to be written. Throws RefusedFile for a file that its owner has made
 * read-only: it could be replaced all the same, and so could root write to it, but its owner does not want that. Not
 * where the mode of the change says that the file is one of those which atmos itself makes read-only.
 */
export function editedBytes(change: Change, old: CurrentFile | undefined): Uint8Array | undefined {
  const bytes = change.edit(old?.bytes);
  if (old === undefined) return bytes;
  if (sameBytes(bytes, old.bytes)) return undefined;
  const isMeant = change.mode !== undefined && isReadOnly({ ...old.stat, mode: change.mode });
  if (isReadOnly(old.stat) && !isMeant) throw readOnlyFile(change.path, old.stat.mode);
  return bytes;
}

function readOnlyFile(path: string, mode: number): RefusedFile {
  return new RefusedFile({
    kind: "denied",
    path,
    found: `it is read-only (mode ${mode.toString(8).padStart(4, "0")})`,
    hint: remedy`To change it anyway: ${nameShellCommand("chmod", "u+w", path)}`,
  });
}

type Edit = Change["edit"];

interface Answer {
  readonly old: Uint8Array | undefined;
  readonly bytes: Uint8Array;
}

/** The same edit, which does not work out its last answer again: a long one is done before the lock that others wait for. */
export function rememberedEdit(edit: Edit): Edit {
  let last: Answer | undefined;
  return (old) => {
    if (last === undefined || !isSame(last.old, old)) last = { old, bytes: edit(old) };
    return last.bytes;
  };
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sameBytes(one, other);
}
