import { quotePosix } from "../../formats/text/shell_quote.ts";
import { AppError } from "../../errors.ts";
import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError, remedyFor } from "../../store/explain_file_error.ts";
import { isForeign, refuseSharedWay } from "../../store/own_directories.ts";
import { dirname } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { trustListPath } from "./trusted_places.ts";
import { isDirectoryThere, isFileThere } from "../files/file_checks.ts";
import { readConfigBytes } from "../files/source_file.ts";
import { type Remedy } from "../../remedy.ts";

/** A power as it was trusted. */
export interface TrustedPower {
  /** The file that says it, links resolved. */
  readonly file: string;
  /** Of a path that other directories complete otherwise: the one that did. */
  readonly directory?: string | undefined;
  /** What exactly was trusted: a hash of the value, of where it stands, of what it starts and of `source`. */
  readonly hash: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The value as it may be printed. */
  readonly value: string;
  /** A hash of what says whose credentials go there: profiles and components may say it differently, in turn. */
  readonly source?: string;
}

/** Bits that let others than the owner write. */
const OTHERS_WRITE = 0o022;

/**
 * Returns all that was trusted. AppError "config-invalid" when others could write to the list, or it is not what atmos
 * wrote. Permissions: read, env, sys (uid).
 */
export function trustedPowers(host: Needs<"read" | "env" | "sys">): readonly TrustedPower[] {
  const list = trustListPath(host);
  if (list === undefined) return [];
  refuseDirectory(host, list);
  if (!isFileThere(host, list)) return [];
  refuseShared(host, list);
  return parseList(list, readConfigBytes(host, list));
}

/**
 * Adds powers to `$XDG_STATE_HOME/atmos/trusted.json` (0600, its directory 0700), instead of what the same setting of the
 * same file was trusted with for the same credentials, and returns where that is. AppError "config-invalid" without HOME, when others can write to
 * the list, or it cannot be written. Permissions: read, write, env, sys.
 */
export async function trustPowers(
  host: StoreHost & Needs<"env">,
  powers: readonly TrustedPower[],
): Promise<string> {
  const setting = ({ file, path, line, column, directory }: TrustedPower, source?: string) =>
    JSON.stringify([file, path, line, column, source, directory]);
  // Older lists have none.
  const replaced = new Set(powers.flatMap((one) => [setting(one, one.source), setting(one)]));
  return await editList(host, (old) => [...old.filter((one) => !replaced.has(setting(one, one.source))), ...powers]);
}

/** The same for what atmos has written itself: of each setting of its file, whatever line it was on, only this counts. */
export async function replaceTrust(
  host: StoreHost & Needs<"env">,
  powers: readonly TrustedPower[],
): Promise<void> {
  const setting = ({ file, path }: TrustedPower) => JSON.stringify([file, path]);
  const replaced = new Set(powers.map(setting));
  await editList(host, (old) => [...old.filter((one) => !replaced.has(setting(one))), ...powers]);
}

/** Takes files off the list and returns where it is. Errors and permissions as {@link trustPowers}. */
export async function forgetFiles(host: StoreHost & Needs<"env">, files: readonly string[]): Promise<string> {
  return await editList(host, (old) => old.filter(({ file }) => !files.includes(file)));
}

async function editList(
  host: StoreHost & Needs<"env">,
  change: (old: readonly TrustedPower[]) => readonly TrustedPower[],
): Promise<string> {
  const list = trustListPath(host);
  if (list === undefined) throw unusable("trusted.json", { found: "HOME is not set", hint: "Set HOME and try again" });
  refuseDirectory(host, list);
  refuseShared(host, list);
  const edit = (old: Uint8Array | undefined) => listText(change(parseList(list, old)));
  try {
    return (await update(host, { path: list, edit, mode: 0o600, directoryMode: 0o700 })).path;
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw unusable(list, { found: explainFileError(cause, list), hint: remedyFor(cause, ELSEWHERE), cause });
  }
}

const ELSEWHERE = "To keep it elsewhere: export XDG_STATE_HOME=DIRECTORY";

function refuseDirectory(host: Needs<"read">, list: string): void {
  if (!isDirectoryThere(host, list)) return;
  throw unusable(list, {
    found: "it is a directory",
    hint: `Move it out of the way: mv ${quotePosix(list)} ${quotePosix(`${list}.old`)}`,
  });
}

/** Neither the list nor its directory may be anybody else's, as far as they are there. */
function refuseShared(host: Needs<"read" | "sys">, list: string): void {
  const directory = dirname(list);
  if (isDirectoryThere(host, directory)) {
    const closed = `Check it, then: chmod go-w ${quotePosix(directory)}`;
    refuseOthers(host, { list, path: directory, name: "its directory", closed });
  }
  if (isFileThere(host, list)) {
    refuseOthers(host, { list, path: list, name: "it", closed: `Check it, then: chmod 600 ${quotePosix(list)}` });
  }
  try {
    refuseSharedWay(host, list);
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw unusable(list, { found: explainFileError(cause, list), hint: remedyFor(cause, ELSEWHERE), cause });
  }
}

interface Suspect {
  readonly list: string;
  readonly path: string;
  /** What to call it. */
  readonly name: string;
  /** What closes it to others. */
  readonly closed: string;
}

function refuseOthers(host: Needs<"read" | "sys">, { list, path, name, closed }: Suspect): void {
  const found = host.read.stat(path);
  if (found === undefined) return;
  if (isForeign(host, found)) {
    throw unusable(list, { found: `${name} belongs to another user (uid ${found.uid})`, hint: ELSEWHERE });
  }
  if ((found.mode & OTHERS_WRITE) === 0) return;
  throw unusable(list, { found: `other users can write to ${name} (mode 0${found.mode.toString(8)})`, hint: closed });
}

/** Lists of version 1 held hashes of whole files: no one has seen the powers in them one by one. */
function parseList(path: string, bytes: Uint8Array | undefined): readonly TrustedPower[] {
  if (bytes === undefined) return [];
  try {
    const { version, powers } = JSON.parse(new TextDecoder().decode(bytes)) as { version?: unknown; powers?: unknown };
    if (version === 1) return [];
    if (Array.isArray(powers)) return powers.filter(isTrustedPower);
  } catch (cause) {
    throw makeDamaged(path, cause);
  }
  throw makeDamaged(path);
}

function isTrustedPower(one: unknown): one is TrustedPower {
  const { file, hash, path, value } = (one ?? {}) as Partial<TrustedPower>;
  return [file, hash, path, value].every((text) => typeof text === "string");
}

function makeDamaged(path: string, cause?: unknown): AppError {
  return unusable(path, { found: "atmos did not write it", hint: `Remove it: rm ${quotePosix(path)}`, cause });
}

function listText(powers: readonly TrustedPower[]): Uint8Array {
  return encodeUtf8(`${JSON.stringify({ version: 2, powers }, null, 2)}\n`);
}

function unusable(path: string, why: { found: string; hint: Remedy; cause?: unknown }): AppError {
  const message = `Cannot use list of trusted files "${path}": ${why.found}`;
  return new AppError("config-invalid", message, { hint: why.hint, cause: why.cause });
}
