import { commandLine } from "../../output/own_command.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import { sha256Hex } from "../../../formats/text/sha256_hex.ts";
import { encodeUtf8 } from "../../../formats/text/utf8.ts";
import { AppError } from "../../../errors.ts";
import { FileError, unlessFileError } from "../../../host/files/file_error.ts";
import type { Needs, Sys } from "../../../host/host.ts";
import { explainFileError, remedyFor } from "../../../store/explain_file_error.ts";
import { type StoreHost, update } from "../../../store/replace.ts";
import { quotePosix } from "../../../formats/text/shell_quote.ts";
import { usageError } from "../../args/usage_error.ts";
import { expandHome, isAbsolute, normalize, pathListSeparator, resolve } from "../../../store/paths.ts";

/** A program that docker can start by its name, and that starts this one. */
export interface Launcher {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes it for its owner alone. AppError "docker-config" when another file is there, or the disk refuses; "locked".
 * Permissions: read, write, sys.
 */
export async function writeLauncher(host: StoreHost, { path, text }: Launcher): Promise<void> {
  const edit = (old: Uint8Array | undefined) => {
    if (old !== undefined && !isLauncher(old)) throw foreign(path);
    return encodeUtf8(text);
  };
  try {
    await update(host, { path, edit, mode: 0o700, leavesNothing: true });
  } catch (error) {
    throw error instanceof FileError ? makeFailure(path, error) : error;
  }
}

/** Removes it if it is one; whether it was. Permissions: read, write. */
export function removeLauncher(host: Needs<"read" | "write">, path: string): boolean {
  if (!launcherIsAt(host, path)) return false;
  try {
    host.write.remove(path);
    return true;
  } catch (error) {
    throw error instanceof FileError ? makeFailure(path, error) : error;
  }
}

/** Whether one of ours is there; none is in what cannot be looked into, as PATH may name it. */
export function launcherIsAt(host: Needs<"read">, path: string): boolean {
  return unlessFileError(() => host.read.lstat(path)?.isFile === true && isLauncher(host.read.bytes(path))) ?? false;
}

/** The beginning tells, be it cut in the middle of a letter. */
function isLauncher(bytes: Uint8Array): boolean {
  return isLauncherText(new TextDecoder().decode(bytes.subarray(0, 200)));
}

function foreign(path: string): AppError {
  return new AppError("docker-config", `Cannot write "${path}": another file is there`, {
    hint: "Move it away, or use another directory on PATH: --bin-dir DIRECTORY",
  });
}

function makeFailure(path: string, error: FileError): AppError {
  return new AppError("docker-config", `Cannot write "${path}": ${explainFileError(error, path)}`, {
    hint: remedyFor(error, "Use another directory on PATH: --bin-dir DIRECTORY"),
    cause: error,
  });
}

const MARK = `Written by: ${commandLine(["aws", "ecr", "configure"], [])}`;

interface LauncherInput {
  readonly os: Sys["os"];
  /** How this program is started. */
  readonly self: ReturnType<Sys["self"]>;
  /** Flags that find atmos.yaml again. */
  readonly flags: readonly string[];
  /** undefined: the one that atmos.yaml says for the registry. */
  readonly identity: string | undefined;
  /** The configuration that it is of, as treeDigest gives it. */
  readonly tree?: string;
}

/**
 * A script: docker finds programs, not commands with words; on Windows one that ends in .cmd, by PATHEXT. AppError
 * "usage" for words that such a file cannot have.
 */
export function launcherText(input: LauncherInput): string {
  const { self, flags, identity } = input;
  const as = identity === undefined ? [] : ["--identity", identity];
  const words = [self.command, ...self.args, ...flags, ...as, "docker-credential"];
  const also = { forgets: identity !== undefined, tree: input.tree ?? "" };
  return input.os === "windows" ? batch(words, also) : script(words, also);
}

/** The file name of the program that docker starts for a helper. */
export function launcherName(os: Sys["os"], helper: string): string {
  return `docker-credential-${helper}${os === "windows" ? ".cmd" : ""}`;
}

/** Whether a text, or its beginning, is that of such a script. */
function isLauncherText(text: string): boolean {
  return markLine(text) !== undefined;
}

function markLine(text: string): string | undefined {
  return text.split(/\r?\n/).find((line) => line.startsWith(`# ${MARK}`) || line.startsWith(`@rem ${MARK}`));
}

/** As many that no directory's name can be made to have those of another one. */
const DIGITS = 16;

/** Returns what tells the programs of one configuration from those of others; "" for that of none. */
export async function treeDigest(location: string | undefined): Promise<string> {
  return location === undefined ? "" : (await sha256Hex(location)).slice(0, DIGITS);
}

/**
 * Returns whether a program is of that configuration. One that version 0.1.0 wrote does not say, or not fully: it is,
 * where it would be written as it is but for that.
 */
export function isOfTree(text: string, { tree, wanted }: { readonly tree: string; readonly wanted?: string }): boolean {
  const line = markLine(text) ?? "";
  const said = / \(configuration ([0-9a-f]+)\)$/.exec(line)?.[1] ?? "";
  if (said.length === DIGITS) return said === tree;
  const mayBe = said === "" ? wanted !== undefined || tree === "" : tree.startsWith(said);
  return mayBe && (wanted === undefined || text === wanted.replace(markLine(wanted)!, () => line));
}

interface Also {
  /** As launcherText has it. */
  readonly tree: string;
  /** Whether ATMOS_IDENTITY has no say. */
  readonly forgets: boolean;
}

function makeMark(tree: string): string {
  return tree === "" ? MARK : `${MARK} (configuration ${tree})`;
}

function script(words: readonly string[], { forgets, tree }: Also): string {
  const unset = forgets ? "unset ATMOS_IDENTITY\n" : "";
  return `#!/bin/sh\n# ${makeMark(tree)}\n${unset}exec ${words.map(quotePosix).join(" ")} "$@"\n`;
}

function batch(words: readonly string[], { forgets, tree }: Also): string {
  const unset = forgets ? '@set "ATMOS_IDENTITY="\r\n' : "";
  return `@rem ${makeMark(tree)}\r\n${unset}@${words.map(quoteBatch).join(" ")} %*\r\n`;
}

/** cmd.exe reads letters beyond ASCII as the console's code page has them, which changes. */
function quoteBatch(word: string): string {
  if (/[^ -~]|"/.test(word)) throw unwritable(word);
  return `"${word.replaceAll("%", "%%").replace(/\\+$/, "$&$&")}"`;
}

function unwritable(word: string) {
  const found = `the program that docker is to start is a .cmd file, which cannot say ${JSON.stringify(word)}`;
  return usageError({
    what: "aws ecr configure",
    found,
    hint: remedy`Log in instead: ${nameCommand("aws", "ecr", "login")}`,
  });
}

type BinHost = Needs<"env" | "read" | "sys">;

const USUAL = ["~/.local/bin", "~/bin"] as const;

interface BinDirectory {
  readonly path: string;
  /** Whether programs in it are found by their names. */
  readonly onPath: boolean;
}

/**
 * Where a program of this person goes: the directory that is given, else a usual one that PATH has, else one of PATH
 * that is theirs, else ~/.local/bin. AppError "usage" without HOME. Permissions: env, read, sys.
 */
export function binDirectory(host: BinHost, given: string | undefined): BinDirectory {
  const known = pathDirectories(host);
  if (given !== undefined) {
    const path = resolve(host.read.cwd(), expandHome(host, given) ?? given);
    refuseNoDirectory(host, path);
    return { path, onPath: known.includes(path) };
  }
  const usual = USUAL.flatMap((path) => expandHome(host, path) ?? []);
  const found = usual.find((path) => known.includes(path)) ?? known.find((path) => isOwn(host, path));
  if (found !== undefined) return { path: found, onPath: true };
  const [first] = usual;
  if (first !== undefined) return { path: first, onPath: false };
  throw usageError({ what: "no --bin-dir", found: "HOME is not set", hint: "Specify one: --bin-dir DIRECTORY" });
}

/** What is not there yet is made. */
function refuseNoDirectory(host: BinHost, path: string): void {
  const found = findNoDirectory(host, path);
  if (found === undefined) return;
  throw usageError({
    what: `--bin-dir ${JSON.stringify(path)}`,
    found,
    hint: "Specify a directory on PATH: --bin-dir DIRECTORY",
  });
}

function findNoDirectory(host: BinHost, path: string): string | undefined {
  try {
    return host.read.stat(path)?.isDirectory === false ? "not a directory" : undefined;
  } catch (error) {
    if (error instanceof FileError) return explainFileError(error, path);
    throw error;
  }
}

/** The directories in which a program may have been put. */
export function binCandidates(host: BinHost, given: string | undefined): readonly string[] {
  if (given !== undefined) return [binDirectory(host, given).path];
  return [...new Set([...pathDirectories(host), ...USUAL.flatMap((path) => expandHome(host, path) ?? [])])];
}

function pathDirectories(host: BinHost): readonly string[] {
  return (host.env.get("PATH") ?? "").split(pathListSeparator(host)).filter(isAbsolute).map(normalize);
}

function isOwn(host: BinHost, path: string): boolean {
  const home = expandHome(host, "~");
  if (home === undefined || !path.startsWith(`${home}/`)) return false;
  const stat = host.read.stat(path);
  return stat?.isDirectory === true && stat.uid === host.sys.uid() && (stat.mode & 0o022) === 0;
}

/** What follows `docker-credential-`: "atmos", or a name of its own for an identity that atmos.yaml would not choose. */
export async function helperName(identity: string | undefined): Promise<string> {
  if (identity === undefined) return "atmos";
  const lower = identity.toLowerCase();
  if (/^[a-z0-9._-]+$/.test(lower)) return `atmos-${lower}`;
  // Names that look alike in a file name must not meet.
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lower)));
  return `atmos-${lower.replaceAll(/[^a-z0-9._-]+/g, "-")}-${digest.slice(0, 4).toHex()}`;
}
