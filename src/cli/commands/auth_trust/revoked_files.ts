import { type ConfigHost, findDirectoryNamed, type LoadedConfig } from "../../../config/load_config.ts";
import { gitRoot, isFileThere } from "../../../config/files/file_checks.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import { expandHome, isInside, resolve } from "../../../store/paths.ts";
import type { Globals } from "../../args/global_flags.ts";
import { loadEverything } from "../../project/load.ts";

interface RevokedInput {
  readonly globals: Globals;
  /** "" for all that is trusted here. */
  readonly file: string;
  /** The files of which something is trusted, links resolved. */
  readonly trusted: readonly string[];
}

/**
 * Returns the files that are to be trusted no longer: the one that is named, or all of the repository (without one: the
 * directory) and what its configuration reads, wherever that lies.
 *
 * @throws {AppError} usage, for a file that is not trusted
 */
export async function findRevoked(
  host: ConfigHost,
  { file, globals, trusted }: RevokedInput,
): Promise<readonly string[]> {
  if (file !== "") return selectOne(host, { file, trusted });
  const config = await readConfiguration(host, globals);
  const used = new Set(config?.files.map((one) => realPath(host, one)));
  const roots = listRoots(host, config);
  return trusted.filter((one) => used.has(one) || roots.some((root) => isInside(root, one)));
}

function selectOne(
  host: Needs<"read" | "env">,
  { file, trusted }: Pick<RevokedInput, "file" | "trusted">,
): readonly string[] {
  const path = resolve(host.read.cwd(), expandHome(host, file) ?? file);
  const real = realPath(host, path);
  const found = trusted.filter((one) => one === path || one === real);
  if (found.length > 0) return found;
  throw new AppError("usage", `Cannot revoke trust of "${file}": it is not trusted`, {
    hint: remedy`List what is trusted: ${nameCommand("auth", "trust", "--list")}`,
  });
}

/** What cannot be read trusts nothing either. */
async function readConfiguration(host: ConfigHost, globals: Globals): Promise<LoadedConfig | undefined> {
  try {
    return (await loadEverything(host, globals)).config;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** A submodule without an atmos.yaml has that of the repository around it. */
function listRoots(host: Needs<"read">, config: LoadedConfig | undefined): readonly string[] {
  const here = host.read.realPath(host.read.cwd());
  const named = config && findDirectoryNamed(config);
  const around = named === undefined || config?.ownFiles.has(named) ? undefined : gitRoot(host, realPath(host, named));
  return [gitRoot(host, here) ?? here, ...(around === undefined ? [] : [around])];
}

function realPath(host: Needs<"read">, path: string): string {
  return isFileThere(host, path) ? host.read.realPath(path) : path;
}
