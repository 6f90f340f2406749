import { AppError } from "../../errors.ts";
import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { explainFileError } from "../../store/explain_file_error.ts";
import { dirname, join, stateHome } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { isForeign } from "./trusted_places.ts";
import { isDirectoryThere, isFileThere } from "../files/file_checks.ts";
import { readConfigBytes } from "../files/source_file.ts";

/** A configuration file as it is: its path and what is in it. */
export interface Content {
  readonly path: string;
  readonly bytes: Uint8Array;
}

type ListHost = Needs<"read" | "env" | "sys">;

/** Bits that let others than the owner write. */
const OTHERS_WRITE = 0o022;

/**
 * Whether this very content at this very path was trusted before ({@link trustFiles}). AppError "config-invalid" when
 * others could write to the list of trusted files. Permissions: read, env, sys (uid).
 */
export async function isTrusted(host: ListHost, content: Content): Promise<boolean> {
  return readList(host).get(realPath(host, content.path)) === await sha256(content.bytes);
}

/** Whether some content at this path was trusted before. Errors and permissions as {@link isTrusted}. */
export function wasTrusted(host: ListHost, path: string): boolean {
  return readList(host).has(realPath(host, path));
}

/** A file on the list of trusted ones. */
export interface TrustedFile {
  /** Links resolved. */
  readonly path: string;
  /** Only a file that is "as trusted" is used. */
  readonly state: "as trusted" | "changed" | "gone";
}

/** The list of trusted files, and what has become of each. Errors as {@link isTrusted}. Permissions as there. */
export async function trustedFiles(host: ListHost): Promise<readonly TrustedFile[]> {
  const files = [];
  for (const [path, hash] of readList(host)) files.push({ path, state: await stateOf(host, { path, hash }) });
  return files;
}

/**
 * Remembers the files with this very content, in `$XDG_STATE_HOME/atmos/trusted.json` (0600, its directory 0700).
 * Gives back where. AppError "config-invalid" without HOME, when others can write to the list, or it cannot be written.
 * Permissions: read, write, env, sys.
 */
export async function trustFiles(host: StoreHost & Needs<"env">, contents: readonly Content[]): Promise<string> {
  const added = new Map<string, string>();
  for (const { path, bytes } of contents) added.set(realPath(host, path), await sha256(bytes));
  return await editList(host, (old) => new Map([...old, ...added]));
}

/** Takes files off the list, whatever is in them now. Gives back where. Errors and permissions as {@link trustFiles}. */
export async function forgetFiles(host: StoreHost & Needs<"env">, paths: readonly string[]): Promise<string> {
  const gone = new Set(paths);
  return await editList(host, (old) => new Map([...old].filter(([path]) => !gone.has(path))));
}

type List = ReadonlyMap<string, string>;

function readList(host: ListHost): List {
  const list = listPath(host);
  if (list === undefined) return new Map();
  refuseDirectory(host, list);
  if (!isFileThere(host, list)) return new Map();
  refuseShared(host, list);
  return parseList(list, readConfigBytes(host, list));
}

async function editList(host: StoreHost & Needs<"env">, change: (old: List) => List): Promise<string> {
  const list = listPath(host);
  if (list === undefined) throw unusable("trusted.json", { found: "HOME is not set", hint: "Set HOME and try again." });
  refuseDirectory(host, list);
  refuseShared(host, list);
  const edit = (old: Uint8Array | undefined) => listText(change(parseList(list, old)));
  try {
    return (await update(host, { path: list, edit, mode: 0o600, directoryMode: 0o700 })).path;
  } catch (cause) {
    if (!isFileError(cause)) throw cause;
    throw unusable(list, { found: explainFileError(cause, list), hint: ELSEWHERE, cause });
  }
}

async function stateOf(
  host: Needs<"read">,
  { path, hash }: { readonly path: string; readonly hash: string },
): Promise<TrustedFile["state"]> {
  if (!isFileThere(host, path)) return "gone";
  try {
    return await sha256(readConfigBytes(host, path)) === hash ? "as trusted" : "changed";
  } catch (error) {
    // Too big, or closed to us: no longer what it was.
    if (error instanceof AppError) return "changed";
    throw error;
  }
}

function listPath(host: Needs<"env">): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, "atmos", "trusted.json");
}

const ELSEWHERE = "To keep it elsewhere: export XDG_STATE_HOME=DIRECTORY";

function refuseDirectory(host: Needs<"read">, list: string): void {
  if (!isDirectoryThere(host, list)) return;
  throw unusable(list, { found: "it is a directory", hint: `Move it out of the way: mv ${list} ${list}.old` });
}

/** Neither the list nor its directory may be anybody else's, as far as they are there. */
function refuseShared(host: Needs<"read" | "sys">, list: string): void {
  const directory = dirname(list);
  if (isDirectoryThere(host, directory)) {
    const closed = `Look at it, then: chmod go-w ${directory}`;
    refuseOthers(host, { list, path: directory, name: "its directory", closed });
  }
  if (isFileThere(host, list)) {
    refuseOthers(host, { list, path: list, name: "it", closed: `Look at it, then: chmod 600 ${list}` });
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
  throw unusable(list, { found: `others may write to ${name} (mode 0${found.mode.toString(8)})`, hint: closed });
}

function parseList(path: string, bytes: Uint8Array | undefined): List {
  if (bytes === undefined) return new Map();
  try {
    const { files } = JSON.parse(new TextDecoder().decode(bytes)) as { files?: Record<string, unknown> };
    const entries = Object.entries(files ?? {});
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch (cause) {
    throw unusable(path, { found: "it is not what atmos wrote", hint: `Remove it: rm ${path}`, cause });
  }
}

function listText(trusted: List): Uint8Array {
  return encodeUtf8(`${JSON.stringify({ version: 1, files: Object.fromEntries(trusted) }, null, 2)}\n`);
}

function realPath(host: Needs<"read">, path: string): string {
  return isFileThere(host, path) ? host.read.realPath(path) : path;
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unusable(path: string, why: { found: string; hint: string; cause?: unknown }): AppError {
  const message = `Cannot use list of trusted files "${path}": ${why.found}`;
  return new AppError("config-invalid", message, { hint: why.hint, cause: why.cause });
}
