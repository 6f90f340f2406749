import type { Needs } from "../host/host.ts";
import { basename, dirname, join } from "../store/paths.ts";
import { CONFIG_NAMES, resolveLinks } from "./files/file_checks.ts";
import { findLoginSource } from "./login_sources.ts";
import { findSources, type Source, type SourceHost } from "./sources.ts";
import type { LocatedMap } from "./values/located.ts";

/**
 * Returns what tells the configuration of logins from all others: the directory of its strongest file, links resolved, or
 * that file where it has a name of its own; undefined where there is none. What the user's own files alone say of logins
 * is theirs in whatever working tree. Errors as findSources. Permissions: read, env, sys.
 */
export function configLocation(
  host: SourceHost,
  { root, ownFiles, ...input }:
    & Parameters<typeof findSources>[1]
    & { readonly root: LocatedMap; readonly ownFiles?: { has(file: string): boolean } | undefined },
): string | undefined {
  const strongest = findLoginSource(host, { sources: findSources(host, input), root, ...(ownFiles && { ownFiles }) });
  return strongest && findConfigLocation(host, strongest);
}

function findConfigLocation(host: Needs<"read">, { file, directory }: Source): string {
  if (file === undefined) return resolveLinks(host, directory);
  const real = resolveLinks(host, dirname(file));
  return CONFIG_NAMES.includes(basename(file)) ? real : join(real, basename(file));
}
