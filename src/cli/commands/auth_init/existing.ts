import { CONFIG_NAMES, isFileThere } from "../../../config/files/file_checks.ts";
import { findSources } from "../../../config/sources.ts";
import { realTarget } from "../../../config/files/resolve_write_target.ts";
import { isBeyondTreeOf } from "../../../config/files/tree.ts";
import { isTrustedPlace, personalDirectory, systemDirectory } from "../../../config/trust/trusted_places.ts";
import type { LocatedEntry } from "../../../config/values/located.ts";
import { valueAt } from "../../../config/values/look_up.ts";
import { AppError } from "../../../errors.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { validateAuth } from "../../../integrations/validate_auth.ts";
import { FileError } from "../../../host/files/file_error.ts";
import { writeFailure } from "../../../config/edit/save_config.ts";
import { refuseLinkOut } from "../../../store/links/link_out.ts";
import { basename, dirname, expandHome, join, resolve } from "../../../store/paths.ts";
import type { Globals } from "../../args/global_flags.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";

export type Section = "providers" | "identities" | "integrations";

/** The configuration that is there, and the file that is added to. */
export interface Existing {
  /** Absolute, and no link: what is asked about, written and told is one file. It may not be there yet. */
  readonly path: string;
  readonly model: ConfigModel;
  /** All entries of a section, those that are broken among them, by their names. */
  readonly entries: (section: Section) => ReadonlyMap<string, LocatedEntry>;
}

/**
 * Returns the configuration that commands would use here. The file that is added to is the strongest that is not the
 * system's; where there is none, ./atmos.yaml, and in HOME itself ~/.atmos/atmos.yaml, which counts everywhere.
 * @throws {AppError} config-invalid for a configuration that cannot be read, usage for several files of --config
 */
export async function readExisting(host: LoginCommandHost, globals: Globals): Promise<Existing> {
  const asked = namedFile(host, globals);
  if (asked !== undefined) refuseOut(host, asked);
  const named = asked === undefined ? undefined : followFile(host, asked);
  if (named !== undefined && !isFileThere(host, named)) return await emptyAt(host, named);
  const { config, model } = await loadProjectAuth(host, globals, trustGate(host, globals));
  const entries = (section: Section) => {
    const found = valueAt(config.root, ["auth", section]);
    return found?.kind === "map" ? found.entries : new Map<string, LocatedEntry>();
  };
  return { path: named ?? findOwnFile(host, globals), model, entries };
}

/** The author of a repository must not choose the file, wherever it is then written. */
function refuseOut(host: LoginCommandHost, path: string): void {
  try {
    refuseLinkOut(host, path);
  } catch (error) {
    throw error instanceof FileError ? writeFailure(path, error) : error;
  }
}

/** Where a link leads; a file that is none is called as it is. */
function followFile(host: LoginCommandHost, path: string): string {
  const [real, directory] = [path, dirname(path)].map((one) => realTarget(host, one));
  return real === undefined || real === join(directory ?? "", basename(path)) ? path : real;
}

/** A link of the tree may lead to any file of the user's, one that is trusted, too: its own place is what counts. */
function findOwnFile(host: LoginCommandHost, globals: Globals): string {
  const path = strongestFile(host, globals) ?? newFile(host);
  const directory = dirname(path);
  const isOwn = [directory, path].every((one) => isTrustedPlace(host, one));
  if (isOwn || !isBeyondTreeOf(host, { directory, path })) return followFile(host, path);
  throw new AppError(
    "config-invalid",
    `Cannot edit configuration "${path}": it is a symbolic link that leads out of its working tree`,
    {
      hint: "Specify the file itself: --config FILE",
    },
  );
}

async function emptyAt(host: LoginCommandHost, path: string): Promise<Existing> {
  const place = { file: path, line: 1, column: 1 };
  const { model } = await validateAuth(host, { kind: "map", place, entries: new Map() });
  return { path, model, entries: () => new Map() };
}

/** The only file of `--config`, or the file of the only `--config-path`: it need not be there. */
function namedFile(host: LoginCommandHost, globals: Globals): string | undefined {
  const { config, "config-path": directories } = globals;
  const named = [...config, ...directories.map((directory) => join(directory, CONFIG_NAMES[0]!))];
  if (named.length > 1) {
    throw new AppError("usage", `Cannot choose a file to write: ${named.length} were given`, {
      hint: "Specify one: --config FILE",
    });
  }
  const [path] = named;
  return path === undefined ? undefined : resolve(host.read.cwd(), expandHome(host, path) ?? path);
}

function strongestFile(host: LoginCommandHost, globals: Globals): string | undefined {
  const sources = findSources(host, { configFiles: globals.config, configDirectories: globals["config-path"] });
  const system = systemDirectory(host, host.runtime.os);
  return sources.findLast(({ file, directory }) => file !== undefined && directory !== system)?.file;
}

function newFile(host: LoginCommandHost): string {
  const cwd = host.read.cwd();
  const personal = personalDirectory(host);
  const isHome = personal !== undefined && dirname(personal) === cwd;
  return join(isHome ? personal : cwd, CONFIG_NAMES[0]!);
}
