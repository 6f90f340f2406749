import { AppError } from "../errors.ts";
import { isFileError } from "../host/files/file_error.ts";
import type { Needs } from "../host/host.ts";
import { join, stateHome } from "./paths.ts";
import { type StoreHost, update } from "./replace.ts";

/** A list that this program remembers in its directory for state. */
export interface StateList<T> {
  /** Below that directory: "docker/logins.json". */
  readonly name: string;
  /** The list in what JSON has given; undefined when it is none. */
  readonly read: (value: unknown) => readonly T[] | undefined;
}

/** What is remembered; nothing where nothing is, or what is there is none of ours. Permissions: env, read. */
export function readState<T>(host: Needs<"env" | "read">, list: StateList<T>): readonly T[] {
  const path = pathOf(host, list);
  try {
    return path === undefined || host.read.stat(path)?.isFile !== true ? [] : parsed(host.read.bytes(path), list);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

/** Changes it under its lock; nobody is told where that cannot be kept. Permissions: env, read, write. */
export async function updateState<T>(
  host: StoreHost & Needs<"env">,
  { edit, ...list }: StateList<T> & { readonly edit: (known: readonly T[]) => readonly T[] },
): Promise<void> {
  const path = pathOf(host, list);
  if (path === undefined) return;
  const replaced = (old: Uint8Array | undefined) => {
    return new TextEncoder().encode(`${JSON.stringify(edit(old === undefined ? [] : parsed(old, list)), null, 1)}\n`);
  };
  try {
    await update(host, { path, edit: replaced, mode: 0o600 });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
}

function pathOf<T>(host: Needs<"env">, { name }: StateList<T>): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, `atmos/${name}`);
}

function parsed<T>(bytes: Uint8Array, { read }: StateList<T>): readonly T[] {
  try {
    return read(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))) ?? [];
  } catch (error) {
    // No JSON, no UTF-8.
    if (error instanceof SyntaxError || error instanceof TypeError) return [];
    throw error;
  }
}
