import type { Needs } from "../host/host.ts";
import { dirname, expandHome, isAbsolute, resolve } from "../store/paths.ts";
import type { LocatedMap } from "./values/located.ts";
import { lookUp } from "./values/look_up.ts";
import { findRepository, type Source } from "./sources.ts";
import { AppError } from "../errors.ts";
import { YamlError } from "../formats/text/source_error.ts";
import { locateValues } from "./functions/locate_values.ts";
import { isBeyondTree } from "./files/tree.ts";
import { isTrustedPlace, type LocationHost } from "./trust/trusted_places.ts";
import { readSource } from "./files/source_file.ts";

interface BasePathInput {
  /** `base_path` as it was given; undefined or empty when it was not. */
  readonly said: string | undefined;
  /** The file that said it; undefined for a flag or a variable, which are seen from the current directory. */
  readonly file?: string;
  /** Where the configuration lies; undefined when there is none. */
  readonly directory: string | undefined;
}

/**
 * The absolute directory that the configuration's paths start from. Nothing said: the repository, else the
 * configuration's directory, else the current one. `.` and `..` in front: seen from the file that says so. A bare name:
 * in the repository, else in the current directory. Permissions: read, env.
 */
export function resolveBasePath(
  host: Needs<"read" | "env" | "sys">,
  { said = "", file, directory }: BasePathInput,
): string {
  const cwd = host.read.cwd();
  const path = expandHome(host, said) ?? said;
  if (path === "") return findRepository(host, cwd) ?? directory ?? cwd;
  if (isAbsolute(path)) return resolve("/", path);
  if (/^\.\.?(?:\/|$)/.test(path)) return resolve(file === undefined ? cwd : dirname(file), path);
  return resolve(findRepository(host, cwd) ?? cwd, path);
}

interface OwnBasePath {
  readonly root: LocatedMap;
  /** `--base-path`. */
  readonly said: string | undefined;
  readonly directory: string;
}

/** The base path that a configuration has: the flag's, else its own `base_path`. Permissions: read, env. */
export function locateBasePath(host: Needs<"read" | "env" | "sys">, { root, said, directory }: OwnBasePath): string {
  if (said !== undefined && said !== "") return resolveBasePath(host, { said, directory });
  const own = lookUp(root, "base_path")?.value;
  if (own?.kind !== "scalar") return resolveBasePath(host, { said: undefined, directory });
  const fromFile = !own.place.file.startsWith("environment variable ");
  return resolveBasePath(host, { said: own.text, directory, ...(fromFile ? { file: own.place.file } : {}) });
}

/**
 * Returns the base path for what a file says; undefined for a file of the user's own and a base path beyond its tree, where
 * others may have written. Permissions: read, env, sys.
 */
export function basePathFor(
  host: LocationHost,
  { file, basePath }: { readonly file: string; readonly basePath: string },
): string | undefined {
  return isTrustedPlace(host, file) && isBeyondTree(host, { file, path: basePath }) ? undefined : basePath;
}

interface EarlyBasePath {
  /** `--base-path`. */
  readonly said: string | undefined;
  /** The weakest first. */
  readonly sources: readonly Source[];
}

/**
 * The base path as far as it is known before the configuration is read: what functions in it are called with. The
 * flag's, the variable's, else what the strongest file that has a `base_path` says in so many words.
 */
export function earlyBasePath(host: Needs<"read" | "env" | "sys">, { said, sources }: EarlyBasePath): string {
  const directory = sources.at(-1)?.directory;
  const given = said || host.env.get("ATMOS_BASE_PATH");
  if (given) return resolveBasePath(host, { said: given, directory });
  for (const { file } of sources.toReversed()) {
    const own = file === undefined ? undefined : readBasePath(host, file);
    if (own !== undefined) return resolveBasePath(host, { said: own, file: file!, directory });
  }
  return resolveBasePath(host, { said: undefined, directory });
}

function readBasePath(host: Needs<"read">, file: string): string | undefined {
  try {
    const root = locateValues(readSource(host, file), { values: new Map(), keepsFunctions: true });
    const own = root?.kind === "map" ? lookUp(root, "base_path")?.value : undefined;
    return own?.kind === "scalar" && own.call === undefined ? own.text : undefined;
  } catch (error) {
    // What is wrong with it is told when it is read.
    if (error instanceof AppError || error instanceof YamlError) return undefined;
    throw error;
  }
}
