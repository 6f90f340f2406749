import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { join, resolve } from "../../store/paths.ts";

/** More would be felt by each command that uses the setting. */
const MOST_REFS = 5_000;

/**
 * Returns the files in which Git keeps what the branches, tags and heads of a working tree are, sorted; undefined for more
 * than 5,000. What commits say is the author's, and no file of the tree changes with an empty one. Permission: read.
 * https://git-scm.com/docs/gitrepository-layout
 */
export function listGitRefs(host: Needs<"read">, root: string): readonly string[] | undefined {
  const found: string[] = [];
  const directories = findGitDirectories(host, root);
  for (const directory of directories) {
    const heads = listAt(host, directory).filter((name) => name.endsWith("HEAD") || name === "packed-refs");
    found.push(...heads.map((name) => join(directory, name)));
  }
  const open = directories.map((directory) => join(directory, "refs"));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const path of listAt(host, at).map((name) => join(at!, name))) {
      const isDirectory = unlessFileError(() => host.read.lstat(path))?.isDirectory === true;
      (isDirectory ? open : found).push(path);
    }
    if (found.length > MOST_REFS) return undefined;
  }
  return found.sort();
}

/** Of a worktree or submodule `.git` is a file, and the branches of worktrees are in a directory that they share. */
function findGitDirectories(host: Needs<"read">, root: string): readonly string[] {
  const place = join(root, ".git");
  const text = readText(host, place);
  const own = text === undefined ? place : resolve(root, /^gitdir: (.*)/.exec(text)?.[1]?.trim() ?? ".git");
  const shared = readText(host, join(own, "commondir"));
  return shared === undefined ? [own] : [own, resolve(own, shared.trim())];
}

function listAt(host: Needs<"read">, directory: string): readonly string[] {
  return unlessFileError(() => host.read.list(directory)) ?? [];
}

function readText(host: Needs<"read">, path: string): string | undefined {
  return unlessFileError(() => host.read.stat(path)?.isFile ? lenientUtf8(host.read.bytes(path)) : undefined);
}
