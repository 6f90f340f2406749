import { isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";
import { basename, dirname, join } from "../store/paths.ts";
import { CONFIG_NAMES } from "./files/file_checks.ts";
import { findSources, type SourceHost } from "./sources.ts";

/**
 * Returns what tells a configuration from all others: the directory of its strongest file, links resolved, or that file
 * where it has a name of its own; undefined where there is none. Errors and permissions as findSources.
 */
export function configLocation(host: SourceHost, input: Parameters<typeof findSources>[1]): string | undefined {
  const strongest = findSources(host, input).at(-1);
  if (strongest === undefined) return undefined;
  const { file, directory } = strongest;
  if (file === undefined) return realPath(host, directory);
  const real = realPath(host, dirname(file));
  return CONFIG_NAMES.includes(basename(file)) ? real : join(real, basename(file));
}

function realPath(host: Needs<"read">, path: string): string {
  try {
    return host.read.realPath(path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}
