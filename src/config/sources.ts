import { formatCommaItem } from "../formats/text/comma_list.ts";
import { joinLines, nameCommand, remedy } from "../remedy.ts";
import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import { basename, directoriesUp, dirname, expandHome, isInside, join, normalize, resolve } from "../store/paths.ts";
import {
  CONFIG_NAMES,
  gitRoot,
  isConfigThere,
  isDirectoryThere,
  isFileThere,
  resolveLinks,
} from "./files/file_checks.ts";
import { describeStranger, isOfStranger } from "./files/foreign_configuration.ts";
import { personalDirectory, systemDirectory } from "./trust/trusted_places.ts";
import { isTrustingAll } from "../store/trusting_all.ts";
import { isFileError } from "../host/files/file_error.ts";
import { explainFileError } from "../store/explain_file_error.ts";
import type { Problem } from "./values/located.ts";
import { flagWords } from "../formats/text/command_words.ts";

export type SourceHost = Needs<"read" | "env" | "runtime" | "sys">;

/** Where a configuration starts: a file with what lies beside it. */
export interface Source {
  /** undefined where there is only an `atmos.d`. */
  readonly file: string | undefined;
  /** Its directory. */
  readonly directory: string;
  /** Directories whose `atmos.d` and `.atmos.d` go below the file, lowest first. */
  readonly beside: readonly string[];
  /** Why it counts, for the log. */
  readonly why: string;
  /** Whether the user has named its file or its directory. */
  readonly isNamed?: true;
  /** Of what the user keeps in HOME, or names while they are elsewhere: whether a file is part of it, trusted or not. */
  readonly holds?: (file: string) => boolean;
}

/** Whether a file is part of what the user keeps in HOME, or names while they are elsewhere. */
export function isHeld(sources: readonly Source[], file: string): boolean {
  return sources.some(({ holds }) => holds?.(file) === true);
}

interface SourceInput {
  /** `--config`: these files instead of looking for one. */
  readonly configFiles: readonly string[];
  /** `--config-path`: these directories instead of looking for one; they go over the files. */
  readonly configDirectories: readonly string[];
}

const LOCAL_DIRECTORIES = [".atmos", ".atmos.d", "atmos.d"];

/**
 * All places that configuration comes from, the weakest first: the system's, the person's, the nearest parent
 * directory's, the repository's, the current directory's, $ATMOS_CLI_CONFIG_PATH's; or only those that were named.
 * AppError "config-not-found" for a named one that is not there, "config-invalid" for what has the name of a
 * configuration and is no file. Permissions: read, env.
 */
export function findSources(host: SourceHost, input: SourceInput): readonly Source[] {
  const named = [
    ...input.configFiles.map((path) => namedFile(host, path)),
    ...input.configDirectories.map((path) => namedDirectory(host, path)),
  ];
  return named.length > 0 ? named : withoutRepeats([...listOwn(host), ...inTree(host)]);
}

/**
 * The repository that the current directory is in; undefined when ATMOS_GIT_ROOT_BASEPATH says not to look, and for one
 * that a stranger has put above it.
 */
export function findRepository(host: Needs<"read" | "env" | "sys">, directory: string): string | undefined {
  const wanted = !/^(?:false|0|no)$/i.test(host.env.get("ATMOS_GIT_ROOT_BASEPATH") ?? "");
  const root = wanted ? gitRoot(host, directory) : undefined;
  return root === undefined || isIgnored(host, join(root, ".git")) ? undefined : root;
}

/** Whether it may be from a stranger; a CI job trusts what it was started for, no matter who owns it. Permissions: read, env, sys. */
export function isIgnored(host: Needs<"read" | "env" | "sys">, path: string): boolean {
  return !isTrustingAll(host) && isOfStranger(host, path);
}

/** A warning for the nearest configuration above the current directory that may be from a stranger. Permissions: read, env, sys. */
export function findStrangersAbove(host: SourceHost): readonly Problem[] {
  const cwd = host.read.cwd();
  if (hasLocal(host, cwd) || host.env.get("ATMOS_CLI_CONFIG_PATH") !== undefined) return [];
  const paths = directoriesUp(cwd).slice(1).flatMap((up) => CONFIG_NAMES.map((name) => join(up, name)));
  const found = paths.find((path) => isFileThere(host, path) && isIgnored(host, path));
  return found === undefined ? [] : [describeStranger(found)];
}

function listOwn(host: SourceHost): readonly Source[] {
  const [system, personal] = [systemDirectory(host, host.runtime.os), personalDirectory(host)];
  const alone = (directory: string | undefined, { beside, why }: Pick<Source, "beside" | "why">) => {
    const file = directory && fileIn(host, directory);
    return file && directory ? [{ file, directory, beside, why }] : [];
  };
  return [
    ...alone(system, { beside: [], why: "of this machine" }),
    ...alone(personal, { beside: personal === undefined ? [] : [personal], why: "of this user" }).map(withHolds),
  ];
}

function withHolds(source: Source): Source {
  return { ...source, holds: (file) => isInside(source.directory, file) };
}

function inTree(host: SourceHost): readonly Source[] {
  const cwd = host.read.cwd();
  const chosen = host.env.get("ATMOS_CLI_CONFIG_PATH");
  const repository = findRepository(host, cwd);
  const last = chosen === undefined ? [] : [{ ...chosenSource(host, chosen), why: "ATMOS_CLI_CONFIG_PATH" }];
  if (hasLocal(host, cwd)) return [sourceIn(host, cwd), ...last];
  if (chosen !== undefined) return last;
  const parent = directoriesUp(cwd).slice(1).find((directory) => fileAbove(host, directory) !== undefined);
  const above = [parent, repository].filter((directory) => directory !== undefined && fileAbove(host, directory));
  const found = above.map((directory) => sourceIn(host, directory!));
  return found.length > 0 || repository === undefined ? found : [sourceIn(host, repository)];
}

/** One within the working tree that the user is in is that tree's. */
function chosenSource(host: SourceHost, path: string): Source {
  const source = namedDirectory(host, path);
  const { file, directory } = source;
  const cwd = normalize(host.read.cwd());
  if (isInside(findStartTree(host), normalize(resolveLinks(host, directory)))) return source;
  const parts = [...PARTS, basename(file!)].map((name) => join(directory, name));
  // What lies below the directory may be other trees, this one too.
  return {
    ...source,
    holds: (one) => (isInside(directory, cwd) ? parts : [directory]).some((part) => isInside(part, one)),
  };
}

/**
 * Returns the repository that the user is in, if HOME is not in it, else the current directory: a look at little, since
 * every command takes it. Permissions: read, env (HOME).
 */
export function findStartTree(host: Needs<"read" | "env">): string {
  const cwd = normalize(host.read.cwd());
  const [root, home] = [gitRoot(host, cwd), expandHome(host, "~")];
  const holdsHome = (one: string) => home !== undefined && isInside(one, normalize(resolveLinks(host, home)));
  return root === undefined || holdsHome(root) ? cwd : root;
}

const PARTS = ["profiles", ...LOCAL_DIRECTORIES];

function hasLocal(host: Needs<"read">, directory: string): boolean {
  return fileIn(host, directory) !== undefined ||
    LOCAL_DIRECTORIES.some((name) => isDirectoryThere(host, join(directory, name)));
}

/** The first that counts, of a directory above the current one. */
function fileAbove(host: SourceHost, directory: string): string | undefined {
  return CONFIG_NAMES.map((name) => join(directory, name))
    .find((path) => !isIgnored(host, path) && isConfigThere(host, path));
}

function sourceIn(host: SourceHost, directory: string): Source {
  const isHere = directory === host.read.cwd();
  const file = isHere ? fileIn(host, directory) : fileAbove(host, directory);
  const why = isHere ? "in the current directory" : "above the current directory";
  return { file, directory, beside: listConfigsBeside(host, directory), why };
}

function namedFile(host: SourceHost, path: string): Source {
  const file = resolve(host.read.cwd(), expandHome(host, path) ?? path);
  if (!isFileThere(host, file)) throw notFound(path, "there is no such file");
  const directory = dirname(file);
  const beside = listConfigsBeside(host, directory);
  const source = { file, directory, beside, why: "--config or ATMOS_CONFIG", isNamed: true } as const;
  // As programs name it that were configured with it.
  return directory === personalDirectory(host) ? withHolds(source) : source;
}

function namedDirectory(host: SourceHost, path: string): Source {
  const directory = resolve(host.read.cwd(), expandHome(host, path) ?? path);
  const file = fileIn(host, directory);
  if (file === undefined) throw notFound(path, `no ${CONFIG_NAMES[0]} or ${CONFIG_NAMES[1]} is in that directory`);
  const why = "--config-path or ATMOS_CONFIG_PATH";
  return { file, directory, beside: listConfigsBeside(host, directory), why, isNamed: true };
}

function listConfigsBeside(host: SourceHost, directory: string): readonly string[] {
  const repository = findRepository(host, directory);
  return repository === undefined || repository === directory ? [directory] : [repository, directory];
}

function fileIn(host: Needs<"read">, directory: string): string | undefined {
  return CONFIG_NAMES.map((name) => join(directory, name)).find((path) => isConfigThere(host, path));
}

/** The last time that a file is met counts; it stays the user's. */
function withoutRepeats(sources: readonly Source[]): readonly Source[] {
  const groups = Map.groupBy(sources, ({ file, directory }) => file ?? directory);
  return sources.flatMap((source) => {
    const group = groups.get(source.file ?? source.directory)!;
    const { holds } = group.find((one) => one.holds !== undefined) ?? {};
    return group.at(-1) === source ? [{ ...source, ...(holds && { holds }) }] : [];
  });
}

function notFound(path: string, found: string): AppError {
  return new AppError("config-not-found", `Cannot find configuration "${path}": ${found}`, {
    hint: joinLines([
      "Check --config, --config-path, ATMOS_CONFIG, ATMOS_CONFIG_PATH and ATMOS_CLI_CONFIG_PATH",
      remedy`Or create it: ${nameCommand("auth", "init", ...flagWords("--config", formatCommaItem(path)))}`,
    ]),
  });
}

/** A warning for each directory that may hold configuration, and that we cannot look into. Permission: read. */
export function closedPlaces(host: Needs<"read">, directories: readonly string[]): readonly Problem[] {
  return [...new Set(directories)].flatMap((directory): readonly Problem[] => {
    const found = explainUnreadable(host, directory);
    if (found === undefined) return [];
    const message = `cannot be read: ${found}; configuration in it does not count`;
    return [{ severity: "warning", place: { file: directory, line: 1, column: 1 }, path: "", message }];
  });
}

/** What keeps us from listing a directory that is there. */
export function explainUnreadable(host: Needs<"read">, directory: string): string | undefined {
  try {
    if (host.read.stat(directory)?.isDirectory === true) host.read.list(directory);
    return undefined;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return isFileError(error, "not-found", "not-a-directory") ? undefined : explainFileError(error, directory);
  }
}
