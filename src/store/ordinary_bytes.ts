import { FileError } from "../host/file_error.ts";
import type { Needs } from "../host/host.ts";

/** What a file holds, links followed; undefined when there is none, FileError for what is no ordinary file. */
export function ordinaryBytes(host: Needs<"read">, path: string): Uint8Array | undefined {
  const stat = host.read.stat(path);
  if (stat === undefined) return undefined;
  if (!stat.isFile) throw new FileError(stat.isDirectory ? "is-a-directory" : "other", path, "read");
  return host.read.bytes(path);
}
