import { AppError } from "../../errors.ts";
import { type FileErrorKind, isFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { readCurrent } from "../current_file.ts";
import { explainFileError, RefusedFile } from "../explain_file_error.ts";
import { resolveOwnTarget } from "../own_directories.ts";
import { statePath } from "../paths.ts";
import { type StoreHost, update } from "../replace.ts";
import { refuseShared } from "../links/resolve_target.ts";

/** A list that this program remembers in its directory for state. */
export interface StateList<T> {
  /** Below that directory: "docker/logins.json". */
  readonly name: string;
  /** The list in what JSON has given; undefined when it is none. */
  readonly read: (value: unknown) => readonly T[] | undefined;
}

/**
 * What is remembered; nothing where nothing is, or what is there is none of ours: of another user's the user is warned,
 * since identities are chosen and contexts removed by it. Permissions: env, read, sys (uid).
 */
export function readState<T>(host: Needs<"env" | "read" | "sys">, list: StateList<T>): readonly T[] {
  const path = statePath(host, list.name);
  try {
    const bytes = path === undefined ? undefined : ownBytes(host, path);
    return bytes === undefined ? [] : parse(bytes, list);
  } catch (error) {
    warnOfFailed(host, { doing: "read", path: path!, error });
    ignore(host, error);
    return [];
  }
}

interface Failed {
  readonly doing: "read" | "write";
  readonly path: string;
  readonly error: unknown;
}

/** What it says of contexts and logins is missed: they stay where they should go, or are taken for another's. */
function warnOfFailed(host: Needs<never>, { doing, path, error }: Failed): void {
  // Where records can never be, each command would say so.
  if (!isFileError(error) || error instanceof RefusedFile || isFileError(error, ...EXPECTED[doing])) return;
  host.warn?.({ message: `Cannot ${doing} record "${path}": ${explainFileError(error, path)}`, hint: "Check it" });
}

const PLACELESS: readonly FileErrorKind[] = ["not-found", "not-a-directory", "not-allowed"];
const EXPECTED: Readonly<Record<Failed["doing"], readonly FileErrorKind[]>> = {
  read: PLACELESS,
  write: [...PLACELESS, "read-only", "denied"],
};

/** undefined where there is none. FileErrors, RefusedFile for one that another user owns or may write to. */
function ownBytes(host: Needs<"read" | "sys">, path: string): Uint8Array | undefined {
  const target = resolveOwnTarget(host, path);
  const found = readCurrent(host, target);
  if (found !== undefined) refuseShared(host, { path: target, found: found.stat });
  return found?.bytes;
}

function ignore(host: Needs<never>, error: unknown): void {
  if (!isFileError(error) && !(error instanceof AppError)) throw error;
  if (!(error instanceof RefusedFile)) return;
  const { path, found, hint = "Check it" } = error;
  host.warn?.({ message: `Cannot use record "${path}": ${found}`, hint });
}

/** Changes it under its lock; where that cannot be stored nothing is thrown. Permissions: env, read, write, sys. */
export async function updateState<T>(
  host: StoreHost & Needs<"env">,
  { edit, ...list }: StateList<T> & { readonly edit: (known: readonly T[]) => readonly T[] },
): Promise<void> {
  const path = statePath(host, list.name);
  if (path === undefined) return;
  const replaced = (old: Uint8Array | undefined) => {
    return new TextEncoder().encode(`${JSON.stringify(edit(old === undefined ? [] : parse(old, list)), null, 1)}\n`);
  };
  try {
    ownBytes(host, path);
    await update(host, { path, isOwn: true, edit: replaced, mode: 0o600 });
  } catch (error) {
    warnOfFailed(host, { doing: "write", path, error });
    ignore(host, error);
  }
}

function parse<T>(bytes: Uint8Array, { read }: StateList<T>): readonly T[] {
  try {
    return read(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))) ?? [];
  } catch (error) {
    // No JSON, no UTF-8.
    if (error instanceof SyntaxError || error instanceof TypeError) return [];
    throw error;
  }
}
