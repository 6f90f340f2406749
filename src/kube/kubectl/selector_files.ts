import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError, unlessFileError } from "../../host/files/file_error.ts";
import type { Needs, OpenFile } from "../../host/host.ts";
import { withLock } from "../../store/lock.ts";
import { overwrite } from "../../store/overwrite.ts";
import { Patience } from "../../store/backoff.ts";
import { dirname, join } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { NO_CONTEXT } from "../kubeconfig/entry_edit.ts";
import { readSelector, selectorText } from "./selector.ts";

type SelectorHost = Needs<"read" | "write" | "random" | "sys">;
type SweepHost = Needs<"read" | "write" | "clock" | "sys">;

interface SelectorInput {
  /** Of the identity's selectors. */
  readonly directory: string;
  readonly context: string;
  /** The kubeconfig that the context is of. */
  readonly file?: string | undefined;
}

/** The selector of one process. */
interface OpenSelector {
  readonly path: string;
  /** Removes it; returns where it is instead, if a program has added entries that are nowhere else. Throws nothing. */
  close(): string | undefined;
}

const PRIVATE = 0o600;
/** kubectl is not to write into the one that every process has. */
const READ_ONLY = 0o400;
const RUN = "run-";
/** Not yet locked: see {@link openSelector}. */
const NEW = "new-";
const ADDED = "added-";
const STALE_MS = 60_000;
/** Where no lock tells whether a process is alive. */
const OLD_MS = 7 * 24 * 3_600_000;
const ENDED =
  `${NO_CONTEXT.because}the atmos process that chose one has ended, or its identity has logged out or moved to another account`;

/**
 * Makes a selector that lasts as long as this process does. It is locked (flock) before it has its name, so that
 * {@link sweepSelectors} of another process knows that it is in use. FileError where it cannot be written. Permissions:
 * read, write, random, sys (pid).
 */
export function openSelector(host: SelectorHost, { directory, context, file: of }: SelectorInput): OpenSelector {
  host.write.mkdir(directory, 0o700);
  const id = [...host.random.bytes(4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const name = `${host.sys.pid()}-${id}`;
  const fresh = join(directory, NEW + name);
  const file = host.write.open(fresh, { how: "new", mode: PRIVATE });
  // On Windows no other program could read it any more.
  if (host.sys.os !== "windows") unlessFileError(() => file.tryLock());
  try {
    file.write(encodeUtf8(selectorText(context, { file: of })));
    const path = join(directory, `${RUN}${name}-${file.stat().ino.toString(36)}`);
    host.write.rename(fresh, path);
    return { path, close: () => close(host, { file, path, retained: join(directory, ADDED + name) }) };
  } catch (error) {
    file.close();
    remove(host, fresh);
    throw error;
  }
}

function close(
  host: SelectorHost,
  { file, path, retained }: { readonly file: OpenFile; readonly path: string; readonly retained: string },
) {
  const hasEntries = readSelector(host, path)?.hasEntries === true;
  file.close();
  const isRetained = hasEntries && unlessFileError(() => (host.write.rename(path, retained), true)) === true;
  if (!isRetained) remove(host, path);
  return isRetained ? retained : undefined;
}

/**
 * Returns a selector that stays, for the programs of a shell that `auth env` was evaluated in: the same file each time,
 * unless a program has chosen another context there, and may be using it. FileError, or AppError "locked", where it
 * cannot be written.
 */
export async function storeSelector(host: StoreHost, input: SelectorInput): Promise<string> {
  const path = await findStoredSelector(host, input);
  const { context, file } = input;
  const found = readSelector(host, path);
  if (found?.context === context && found.file === file) return path;
  await putSelector(host, { path, text: selectorText(context, { file }) });
  return path;
}

/** Returns where {@link storeSelector} would keep it. Permission: read. */
export async function findStoredSelector(host: Needs<"read">, { directory, context }: SelectorInput): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(encodeUtf8(context))), 0, 6);
  const name = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  for (let count = 1;; count++) {
    const path = join(directory, count === 1 ? `env-${name}` : `env-${name}-${count}`);
    const found = readSelector(host, path);
    // Its shell has another cluster or user under that name.
    if (found?.isPinned) continue;
    if (found === undefined || found.context === context || found.context === undefined) return path;
  }
}

/**
 * Returns the selector that counts once the one before it in KUBECONFIG is gone: no context, since a program that
 * outlives its atmos must not go on with another identity's. Errors as for {@link storeSelector}.
 */
export async function endedSelector(host: StoreHost, root: string): Promise<string> {
  const path = findEndedSelector(root);
  if (readSelector(host, path)?.context !== ENDED) {
    await putSelector(host, { path, text: selectorText(ENDED, { file: undefined }), mode: READ_ONLY });
  }
  return path;
}

/** Returns where {@link endedSelector} has it. */
export function findEndedSelector(root: string): string {
  return join(root, "ended");
}

/** Writes a selector, for its owner alone. FileError, or AppError "locked", where it cannot be written. */
async function putSelector(
  host: StoreHost,
  { path, text, mode = PRIVATE }: { readonly path: string; readonly text: string; readonly mode?: number },
): Promise<void> {
  host.write.mkdir(dirname(path), 0o700);
  await update(host, { path, mode, leavesNothing: true, edit: () => encodeUtf8(text) });
}

/** No longer: what shells have is a side of the command that waits. */
const OVERWRITE_TIMEOUT_MS = 1000;

/**
 * Writes over a selector where it is: another file in its place would not have the lock by which it is known to be in
 * use. One that is gone by then stays so. FileError, or AppError "locked", where it cannot be written.
 */
export async function overwriteSelector(
  host: StoreHost,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<void> {
  const patience = new Patience(host, OVERWRITE_TIMEOUT_MS);
  try {
    await withLock(host, { path, patience, leavesNothing: true, body: () => writeOver(host, { path, text }) });
  } catch (error) {
    if (!isFileError(error, "not-found")) throw error;
  }
}

function writeOver(
  host: Needs<"read" | "write">,
  { path, text }: { readonly path: string; readonly text: string },
): void {
  const file = host.write.open(path, { how: "existing", mode: PRIVATE });
  try {
    overwrite({ file, path, bytes: encodeUtf8(text), old: host.read.bytes(path) });
  } finally {
    file.close();
  }
}

/** Returns the selectors that shells and programs may have now. Throws nothing. Permission: read. */
export function listSelectors(host: Needs<"read">, root: string): readonly string[] {
  const directories = directoriesIn(host, root).flatMap((realm) => directoriesIn(host, realm));
  return directories.flatMap((one) =>
    namesIn(host, one).filter((name) => /^(?:env|run)-.*(?<!lock)$/.test(name)).map((name) => join(one, name))
  );
}

/** Removes the selectors of processes that were killed. Throws nothing. Permissions: read, write, clock, sys. */
export function sweepSelectors(host: SweepHost, root: string): void {
  for (const directory of directoriesIn(host, root).flatMap((realm) => directoriesIn(host, realm))) {
    for (const name of namesIn(host, directory)) {
      const path = join(directory, name);
      if (isAbandoned(host, { name, path })) remove(host, path);
    }
  }
}

function isAbandoned(host: SweepHost, { name, path }: { readonly name: string; readonly path: string }): boolean {
  const { mtime, ino } = unlessFileError(() => host.read.lstat(path)) ?? { mtime: Infinity, ino: 0 };
  const age = host.clock.now() - mtime;
  if (name.startsWith(NEW)) return age > STALE_MS;
  if (!name.startsWith(RUN) || name.endsWith(".lock")) return false;
  // A program that has put another file in its place has taken the lock away.
  const isLockable = host.sys.os !== "windows" && name.endsWith(`-${ino.toString(36)}`);
  return (isLockable ? unlessFileError(() => isUnlocked(host, path)) : undefined) ?? age > OLD_MS;
}

function isUnlocked(host: Needs<"write">, path: string): boolean {
  const file = host.write.open(path, { how: "existing", mode: PRIVATE });
  try {
    return file.tryLock();
  } finally {
    file.close();
  }
}

/**
 * Takes the context from every program that has one of an identity: its selectors are gone, or kept under another name
 * where programs have added entries. Throws nothing. Permissions: read, write.
 */
export function forgetSelectors(host: Needs<"read" | "write">, directory: string): void {
  for (const name of namesIn(host, directory)) {
    const [, own] = /^(?:env|run)-(.*)(?<!\.lock)$/.exec(name) ?? [];
    if (own === undefined) continue;
    const path = join(directory, name);
    if (readSelector(host, path)?.hasEntries !== true) remove(host, path);
    else unlessFileError(() => host.write.rename(path, join(directory, ADDED + own)));
  }
}

/** Forgets those of all identities that ever were in a realm. Throws nothing. Permissions: read, write. */
export function forgetRealmSelectors(host: Needs<"read" | "write">, directory: string): void {
  for (const one of directoriesIn(host, directory)) forgetSelectors(host, one);
}

function directoriesIn(host: Needs<"read">, path: string): readonly string[] {
  return namesIn(host, path).map((name) => join(path, name)).filter((one) =>
    unlessFileError(() => host.read.lstat(one))?.isDirectory === true
  );
}

function namesIn(host: Needs<"read">, path: string): readonly string[] {
  return unlessFileError(() => host.read.list(path)) ?? [];
}

/** With the lock that a killed kubectl has left. */
function remove(host: Needs<"write">, path: string): void {
  for (const one of [path, `${path}.lock`]) unlessFileError(() => host.write.remove(one));
}
