import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { OpenFile } from "../../host/host.ts";
import { takeGuard } from "../../store/guard.ts";
import { dirname } from "../../store/paths.ts";
import { Patience } from "../../store/patience.ts";
import type { StoreHost } from "../../store/replace.ts";

/** Nobody is asked meanwhile, and AWS answers or fails before that, even to many who wait in turn. */
const LONGEST_MS = 60_000;

export interface Renewal<T> {
  /** A file that exists for this; undefined where there is no place for one: everybody then asks. */
  readonly path: string | undefined;
  readonly body: () => Promise<T>;
}

/** Runs `body`, which asks no person, while no other process renews the same; they find its result. Permissions: read, write. */
export async function inTurn<T>(host: StoreHost, { path, body }: Renewal<T>): Promise<T> {
  const guard = path === undefined ? undefined : await takeTurn(host, path);
  try {
    return await body();
  } finally {
    guard?.close();
  }
}

async function takeTurn(host: StoreHost, path: string): Promise<OpenFile | undefined> {
  try {
    host.write.mkdir(dirname(path), 0o700);
    return await takeGuard(host, { path, guarded: path, patience: new Patience(host, LONGEST_MS) });
  } catch (error) {
    if (isFileError(error) || (error instanceof AppError && error.code === "locked")) return undefined;
    throw error;
  }
}
