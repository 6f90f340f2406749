/** A file, link or directory of the disk; the text of a link is where it leads. */
export interface BoxFile {
  readonly text: string;
  readonly mode: number;
  readonly kind: "file" | "directory" | "link";
}

/** All that is below a directory, by its path. Permission: read. */
export function filesBelow(directory: string): ReadonlyMap<string, BoxFile> {
  return new Map(walk(directory));
}

function* walk(directory: string): Generator<readonly [path: string, file: BoxFile]> {
  for (const { name } of Deno.readDirSync(directory)) {
    const path = `${directory}/${name}`;
    const found = Deno.lstatSync(path);
    const mode = (found.mode ?? 0) & 0o777;
    if (found.isDirectory) {
      yield [path, { text: "", mode, kind: "directory" }];
      yield* walk(path);
    } else if (found.isSymlink) yield [path, { text: Deno.readLinkSync(path), mode: 0, kind: "link" }];
    else yield [path, { text: readText(path, found.size), mode, kind: "file" }];
  }
}

function readText(path: string, size: number): string {
  return size > 1_000_000 ? `${size} bytes` : Deno.readTextFileSync(path);
}
