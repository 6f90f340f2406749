import type { MemoryFiles } from "../host/memory_files.ts";

/** What is at a path; a directory has no text of its own. */
export interface Kept {
  readonly text: string;
  readonly mode: number;
  readonly isDirectory: boolean;
}

/** Files and directories by their paths. */
export type Snapshot = ReadonlyMap<string, Kept>;

export function snapshotOf(disk: MemoryFiles): Snapshot {
  return new Map(
    [...disk.everything()].map(([path, { bytes, mode, kind }]) => [
      path,
      { text: new TextDecoder().decode(bytes), mode, isDirectory: kind === "directory" },
    ]),
  );
}

export function placeOn(disk: MemoryFiles, snapshot: Snapshot): void {
  for (const [path, { text, mode, isDirectory }] of snapshot) {
    if (isDirectory) disk.directory(path, { mode });
    else disk.put(path, text, { mode });
  }
}
