import { type ConfigHost, findDirectoryNamed, type LoadedConfig } from "../../../config/load_config.ts";
import { gitRoot, resolveLinks } from "../../../config/files/file_checks.ts";
import { textAt } from "../../../config/values/look_up.ts";
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
  const used = new Set(config?.files.map((one) => resolveLinks(host, one)));
  const roots = [...listRoots(host, config), ...listNamed(host, globals)];
  return trusted.filter((one) => used.has(one) || roots.some((root) => isInside(root, one)));
}

/** Files and directories of flags, which may not be readable as a configuration any more. */
function listNamed(host: Needs<"read" | "env">, globals: Globals): readonly string[] {
  return [...globals.config, ...globals["config-path"]].map((path) => resolveLinks(host, toAbsolute(host, path)));
}

function toAbsolute(host: Needs<"read" | "env">, path: string): string {
  return resolve(host.read.cwd(), expandHome(host, path) ?? path);
}

function selectOne(
  host: Needs<"read" | "env">,
  { file, trusted }: Pick<RevokedInput, "file" | "trusted">,
): readonly string[] {
  const path = toAbsolute(host, file);
  const real = resolveLinks(host, path);
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

/** A submodule without an atmos.yaml has that of the repository around it, and stacks may be anywhere. */
function listRoots(host: Needs<"read">, config: LoadedConfig | undefined): readonly string[] {
  const here = host.read.realPath(host.read.cwd());
  const root = gitRoot(host, here) ?? here;
  const named = config && findDirectoryNamed(config);
  if (config === undefined || named === undefined || config.ownFiles.has(named)) return [root];
  const around = gitRoot(host, resolveLinks(host, named));
  const stacks = textAt(config.root, ["stacks", "base_path"]);
  return [
    root,
    ...(around === undefined ? [] : [around]),
    ...(stacks === undefined ? [] : [resolveLinks(host, resolve(config.basePath, stacks))]),
  ];
}
