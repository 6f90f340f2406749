import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import type { Tree } from "../files/tree.ts";

/** More would be felt by each command that uses the setting. */
const MOST_FILES = 5_000;
const MOST_BYTES = 50 * 1024 * 1024;
/** Of packages only names, sizes and times are looked at. */
const MOST_OF_PACKAGES = 50_000;

interface Walk {
  readonly found: (readonly [path: string, what: string])[];
  files: number;
  bytes: number;
  packaged: number;
}

/**
 * Returns a hash of every file of a tree: names, contents, whether it may be started, and where links lead; of what is in
 * `node_modules`, names, sizes and times. undefined for more than 5,000 files or 50 MiB. Permission: read.
 */
export async function hashTree(host: Needs<"read">, tree: Tree): Promise<string | undefined> {
  const walk: Walk = { found: [], files: 0, bytes: 0, packaged: 0 };
  const directories = [""];
  for (let at = directories.pop(); at !== undefined; at = directories.pop()) {
    for (const name of unlessFileError(() => host.read.list(at === "" ? tree.root : `${tree.root}/${at}`)) ?? []) {
      if (tree.skips(name)) continue;
      const path = at === "" ? name : `${at}/${name}`;
      const stat = unlessFileError(() => host.read.lstat(`${tree.root}/${path}`));
      if (stat?.isDirectory) directories.push(path);
      walk.found.push([
        path,
        stat === undefined ? "closed" : await what(host, { path: `${tree.root}/${path}`, stat, walk }),
      ]);
      if (walk.files > MOST_FILES || walk.bytes > MOST_BYTES || walk.packaged > MOST_OF_PACKAGES) return undefined;
    }
  }
  return await sha256Hex(JSON.stringify(walk.found.sort(([one], [other]) => one < other ? -1 : 1)));
}

async function what(
  host: Needs<"read">,
  { path, stat, walk }: { readonly path: string; readonly stat: FileStat; readonly walk: Walk },
): Promise<string> {
  const isPackaged = path.includes("/node_modules/");
  walk[isPackaged ? "packaged" : "files"]++;
  if (stat.isSymlink) return `-> ${unlessFileError(() => host.read.readLink(path)) ?? ""}`;
  if (stat.isDirectory) return "directory";
  if (!stat.isFile) return "special";
  const mode = (stat.mode & 0o100) === 0 ? "" : " x";
  if (isPackaged) return `${stat.size} ${stat.mtime}${mode}`;
  walk.bytes += stat.size;
  // The limit is told by the caller, before all of it is in memory.
  if (walk.bytes > MOST_BYTES) return "";
  const bytes = unlessFileError(() => host.read.bytes(path));
  return bytes === undefined ? "closed" : `${await sha256Hex(bytes)}${mode}`;
}
