import { encodeUtf8 } from "../../formats/text/utf8.ts";
import { isFileError, unlessFileError } from "../../host/files/file_error.ts";
import type { Needs, OpenFile } from "../../host/host.ts";
import { withLock } from "../../store/lock.ts";
import { overwrite } from "../../store/overwrite.ts";
import { Patience } from "../../store/backoff.ts";
import { isOwnDirectory, makeOwnDirectory, refuseSharedWay } from "../../store/own_directories.ts";
import { basename, dirname, join } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { NO_CONTEXT } from "../kubeconfig/entry_edit.ts";
import { readSelector, selectorText } from "./selector.ts";
import { mayLive } from "./shell_life.ts";

type SelectorHost = Needs<"read" | "write" | "random" | "sys">;
type SweepHost = Needs<"read" | "write" | "clock" | "sys">;

export interface SelectorInput {
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
export const ENV = "env-";
/** Not yet locked: see {@link openSelector}. */
const NEW = "new-";
const ADDED = "added-";
const STALE_MS = 60_000;
/** Where no lock tells whether a process is alive. */
const OLD_MS = 7 * 24 * 3_600_000;
const ENDED =
  `${NO_CONTEXT.because}the atmos process that chose one has ended, or its identity has logged out or moved to another account`;
/** No one can give a context this name beforehand: kubeconfigs of others may come after it. */
const ENDED_NAME = new RegExp(`^${RegExp.escape(ENDED)} \\([0-9a-f]{8}\\)$`);

function randomDigits({ random }: Needs<"random">): string {
  return [...random.bytes(4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Makes a selector that lasts as long as this process does. It is locked (flock) before it has its name, so that
 * {@link sweepSelectors} of another process knows that it is in use. FileError where it cannot be written. Permissions:
 * read, write, random, sys (pid).
 */
export function openSelector(host: SelectorHost, { directory, context, file: of }: SelectorInput): OpenSelector {
  makeOwnDirectory(host, directory);
  const name = `${host.sys.pid()}-${randomDigits(host)}`;
  const fresh = join(directory, NEW + name);
  const file = host.write.open(fresh, { how: "new", mode: PRIVATE });
  // On Windows no other program could read it any more.
  if (host.sys.os !== "windows") unlessFileError(() => file.tryLock());
  try {
    file.write(encodeUtf8(selectorText(context, { file: of })));
    const path = join(directory, `${RUN}${name}-${file.stat().ino.toString(36)}`);
    host.write.rename(fresh, path);
    return { path, close: () => close(host, { file, path }) };
  } catch (error) {
    file.close();
    remove(host, fresh);
    throw error;
  }
}

function close(host: SelectorHost, { file, path }: { readonly file: OpenFile; readonly path: string }) {
  const hasEntries = mayHaveEntries(host, path);
  file.close();
  return retire(host, { path, hasEntries });
}

/**
 * Takes a selector from its programs, with the lock that a killed kubectl has left; returns where it is kept, where
 * programs have added what is nowhere else. Never in the place of what was kept before.
 */
function retire(
  host: Needs<"read" | "write">,
  { path, hasEntries = mayHaveEntries(host, path) }: {
    readonly path: string;
    readonly hasEntries?: boolean;
  },
): string | undefined {
  const retained = hasEntries ? unlessFileError(() => findFreeName(host, path)) : undefined;
  if (retained !== undefined && unlessFileError(() => (host.write.rename(path, retained), true))) {
    unlessFileError(() => host.write.remove(`${path}.lock`));
    return retained;
  }
  remove(host, path);
  return undefined;
}

/** What cannot be read may have some. */
function mayHaveEntries(host: Needs<"read">, path: string): boolean {
  return readSelector(host, path)?.hasEntries ?? unlessFileError(() => host.read.lstat(path)) !== undefined;
}

function findFreeName(host: Needs<"read">, path: string): string {
  const name = join(dirname(path), ADDED + basename(path).replace(/^(?:env|run)-/, ""));
  for (let count = 1;; count++) {
    const free = count === 1 ? name : `${name}.${count}`;
    if (host.read.lstat(free) === undefined) return free;
  }
}

/**
 * Returns the selector that counts once the one before it in KUBECONFIG is gone: no context, since a program that
 * outlives its atmos must not go on with another identity's. Errors as for {@link storeSelector}.
 */
export async function endedSelector(host: StoreHost, root: string): Promise<{ path: string; kept: readonly string[] }> {
  const path = findEndedSelector(root);
  refuseSharedWay(host, path);
  if (ENDED_NAME.test(readSelector(host, path)?.context ?? "")) return { path, kept: [] };
  // Only root's kubectl can have written there.
  const kept = mayHaveEntries(host, path) ? retire(host, { path }) ?? [] : [];
  const context = `${ENDED} (${randomDigits(host)})`;
  await putSelector(host, { path, text: selectorText(context, { file: undefined }), mode: READ_ONLY });
  return { path, kept: [kept].flat() };
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
  await updateSelector(host, { path, mode, edit: () => encodeUtf8(text) });
}

interface UpdateSelectorInput {
  readonly path: string;
  readonly mode?: number;
  /** Called under the lock, with what is there: what it returns is written. */
  readonly edit: (old: Uint8Array | undefined) => Uint8Array;
}

/** Writes a selector, for its owner alone. FileError, or AppError "locked", where it cannot be written. */
export async function updateSelector(
  host: StoreHost,
  { path, mode = PRIVATE, edit }: UpdateSelectorInput,
): Promise<void> {
  makeOwnDirectory(host, dirname(path));
  await update(host, { path, isOwn: true, mode, leavesNothing: true, edit });
}

/** No longer: what shells have is a side of the command that waits. */
const OVERWRITE_TIMEOUT_MS = 1000;

interface EditSelectorInput {
  readonly path: string;
  /** Called under the lock: what it reads there stays until the text is written. Without a text nothing is. */
  readonly edit: () => string | undefined;
}

/**
 * Writes over a selector where it is: another file in its place would not have the lock by which it is known to be in
 * use. One that is gone by then stays so. FileError, or AppError "locked", where it cannot be written.
 */
export async function editSelector(host: StoreHost, { path, edit }: EditSelectorInput): Promise<void> {
  const patience = new Patience(host, OVERWRITE_TIMEOUT_MS);
  const body = () => {
    const text = edit();
    if (text !== undefined) writeOver(host, { path, text });
  };
  try {
    await withLock(host, { path, patience, leavesNothing: true, body });
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

/** Returns those of `auth env` that have a name, or that name and a number. Throws nothing. Permissions: read, sys (uid). */
export function listEnvSelectors(
  host: Needs<"read" | "sys">,
  { directory, first }: { readonly directory: string; readonly first: string },
): readonly string[] {
  const paths = namesIn(host, directory).map((name) => join(directory, name));
  return paths.filter((path) => path.startsWith(first) && /^(?:-\d+)?$/.test(path.slice(first.length)));
}

/** Returns the selectors that shells and programs may have now. Throws nothing. Permissions: read, sys (uid). */
export function listSelectors(host: Needs<"read" | "sys">, root: string): readonly string[] {
  const directories = directoriesIn(host, root).flatMap((realm) => directoriesIn(host, realm));
  return directories.flatMap((one) =>
    namesIn(host, one).filter((name) => /^(?:env|run)-.*(?<!lock)$/.test(name)).map((name) => join(one, name))
  );
}

/**
 * Removes the selectors of processes that were killed, and of shells that ended long ago; returns where those are kept to
 * which programs have added something. Throws nothing. Permissions: read, write, clock, sys.
 */
export function sweepSelectors(host: SweepHost, root: string): readonly string[] {
  const directories = directoriesIn(host, root).flatMap((realm) => directoriesIn(host, realm));
  return directories.flatMap((directory) =>
    namesIn(host, directory).flatMap((name) => {
      const path = join(directory, name);
      return isAbandoned(host, { name, path }) ? retire(host, { path }) ?? [] : [];
    })
  );
}

function isAbandoned(host: SweepHost, { name, path }: { readonly name: string; readonly path: string }): boolean {
  const { mtime, ino } = unlessFileError(() => host.read.lstat(path)) ?? { mtime: Infinity, ino: 0 };
  const age = host.clock.now() - mtime;
  if (name.startsWith(NEW)) return age > STALE_MS;
  if (name.startsWith(ENV)) return age > OLD_MS && isOfEndedShell(host, path);
  if (!name.startsWith(RUN) || name.endsWith(".lock")) return false;
  // A program that has put another file in its place has taken the lock away.
  const isLockable = host.sys.os !== "windows" && name.endsWith(`-${ino.toString(36)}`);
  return (isLockable ? unlessFileError(() => isUnlocked(host, path)) : undefined) ?? age > OLD_MS;
}

/** What an earlier version has made is of no shell that could be known. */
function isOfEndedShell(host: SweepHost, path: string): boolean {
  const { shell, hasEntries = true } = readSelector(host, path) ?? {};
  return shell !== undefined && !hasEntries && !mayLive(host, { path, shell, own: undefined });
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
 * where programs have added entries; returns these. Throws nothing. Permissions: read, write, sys (uid).
 */
export function forgetSelectors(host: Needs<"read" | "write" | "sys">, directory: string): readonly string[] {
  const names = namesIn(host, directory).filter((name) => /^(?:env|run)-.*(?<!\.lock)$/.test(name));
  return names.flatMap((name) => retire(host, { path: join(directory, name) }) ?? []);
}

/** Forgets those of all identities that ever were in a realm. Throws nothing. Permissions: read, write, sys (uid). */
export function forgetRealmSelectors(host: Needs<"read" | "write" | "sys">, directory: string): readonly string[] {
  return directoriesIn(host, directory).flatMap((one) => forgetSelectors(host, one));
}

function directoriesIn(host: Needs<"read" | "sys">, path: string): readonly string[] {
  return namesIn(host, path).map((name) => join(path, name)).filter((one) =>
    unlessFileError(() => host.read.lstat(one))?.isDirectory === true
  );
}

/** None in a directory that others may change: what it holds may be theirs, or lead anywhere by now. */
function namesIn(host: Needs<"read" | "sys">, path: string): readonly string[] {
  return isOwnDirectory(host, path) ? unlessFileError(() => host.read.list(path)) ?? [] : [];
}

/** With the lock that a killed kubectl has left. */
function remove(host: Needs<"write">, path: string): void {
  for (const one of [path, `${path}.lock`]) unlessFileError(() => host.write.remove(one));
}
