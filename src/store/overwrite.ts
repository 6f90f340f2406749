import type { OpenFile } from "../host/host.ts";
import { RefusedFile } from "./explain_file_error.ts";

export interface Overwriting {
  /** Open and locked. */
  readonly file: OpenFile;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What the file held before, to be put back when the new content does not fit. */
  readonly old: Uint8Array;
}

/**
 * Writes over a file from its start and only then cuts it to length, so that it is never empty in between. When that
 * fails, the old content is put back and the failure thrown; RefusedFile when even that fails.
 */
export function overwrite({ file, path, bytes, old }: Overwriting): void {
  try {
    fill(file, bytes);
  } catch (error) {
    try {
      fill(file, old);
    } catch {
      throw notPutBack(path);
    }
    throw error;
  }
}

function fill(file: OpenFile, bytes: Uint8Array): void {
  file.rewind();
  file.write(bytes);
  file.truncate(bytes.length);
  file.sync();
}

function notPutBack(path: string): RefusedFile {
  return new RefusedFile({
    kind: "other",
    path,
    found: "overwriting it failed, and so did putting the old content back",
    hint: "Free the disk and run the command again: it first puts the file right",
  });
}
