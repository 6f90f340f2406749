import { directoriesUp, isInside } from "../store/paths.ts";
import type { Needs } from "../host/host.ts";
import { describeStranger } from "./files/foreign_configuration.ts";
import { yamlFilesBelow } from "./import_files.ts";
import { isIgnored, type Source } from "./sources.ts";
import type { Problem } from "./values/located.ts";

interface FoundFiles {
  readonly files: readonly string[];
  /** A warning for each directory and file that does not count. */
  readonly problems: readonly Problem[];
}

/**
 * Returns the YAML files of a directory of configuration that lies in `holder`. Above the current directory, what may be
 * from a stranger does not count, be it the directory, one that leads to it or a file in it; what a user has named does.
 * Permissions: read, env, sys (uid).
 */
export function listFoundFiles(
  host: Needs<"read" | "env" | "sys">,
  { directory, holder, source }: {
    readonly directory: string;
    readonly holder: string;
    readonly source: Source | undefined;
  },
): FoundFiles {
  const cwd = host.read.cwd();
  const isNamed = source?.isNamed === true && source.directory === holder;
  const isAbove = holder !== cwd && isInside(holder, cwd) && isInside(holder, directory);
  if (isNamed || !isAbove) return { files: yamlFilesBelow(host, directory), problems: [] };
  const ignored = ignoredOn(host, { from: holder, path: directory });
  if (ignored !== undefined) return { files: [], problems: [describeStranger(ignored)] };
  const looks = yamlFilesBelow(host, directory)
    .map((path) => ({ path, ignored: ignoredOn(host, { from: directory, path }) }));
  const bad = new Set(looks.flatMap(({ ignored: one }) => one ?? []));
  return {
    files: looks.filter(({ ignored: one }) => one === undefined).map(({ path }) => path),
    problems: [...bad].map((path) => describeStranger(path)),
  };
}

/** The first, from below `from` on the way to the path, that may be from a stranger. */
function ignoredOn(
  host: Needs<"read" | "env" | "sys">,
  { from, path }: { readonly from: string; readonly path: string },
): string | undefined {
  const way = directoriesUp(path).filter((one) => one !== from && isInside(from, one)).toReversed();
  return way.find((one) => isIgnored(host, one));
}
