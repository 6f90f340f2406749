import { AppError } from "../../errors.ts";
import { isFileError } from "../../host/files/file_error.ts";
import type { OpenFile } from "../../host/host.ts";
import { takeGuard } from "../../store/guard.ts";
import { dirname } from "../../store/paths.ts";
import { Patience } from "../../store/patience.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { LoginTalk } from "./login_host.ts";

/** Nobody is told of a wait for somebody who only renews a token. */
const QUIET_MS = 1_000;
/** Who has nobody to confirm a login has nobody to wait, either; but a token is renewed in that time. */
const ALONE_MS = 5_000;
/** A device code lives ten minutes. */
const LONGEST_MS = 11 * 60_000;

export interface Turn<T> {
  /** The session's file; undefined when there is no HOME: everybody then logs in alone. */
  readonly path: string | undefined;
  readonly talk: LoginTalk;
  readonly body: () => Promise<T>;
}

/**
 * Runs `body` while no other process logs in to the same session; the others wait, and find its result when it is their
 * turn. The kernel frees the lock of a process that ends. Permissions: read, write.
 */
export async function oneAtATime<T>(host: StoreHost, { path, talk, body }: Turn<T>): Promise<T> {
  const guard = path === undefined ? undefined : await takeTurn(host, { path, talk });
  try {
    return await body();
  } finally {
    guard?.close();
  }
}

async function takeTurn(
  host: StoreHost,
  { path, talk }: { readonly path: string; readonly talk: LoginTalk },
): Promise<OpenFile | undefined> {
  const guard = { path: path.replace(/\.json$/, ".login"), guarded: path };
  try {
    host.write.mkdir(dirname(path), 0o700);
    return await takeGuard(host, { ...guard, patience: new Patience(host, QUIET_MS) });
  } catch (error) {
    if (isFileError(error)) return undefined;
    if (!(error instanceof AppError) || error.code !== "locked") throw error;
  }
  if (!talk.interactive) return await takeSoon(host, guard);
  talk.say("Another atmos is logging in to the same place; waiting for it.");
  return await takeGuard(host, { ...guard, patience: new Patience(host, LONGEST_MS) });
}

async function takeSoon(
  host: StoreHost,
  guard: { readonly path: string; readonly guarded: string },
): Promise<OpenFile | undefined> {
  try {
    return await takeGuard(host, { ...guard, patience: new Patience(host, ALONE_MS - QUIET_MS) });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "locked") throw error;
    const found = "another atmos is logging in there, and nobody has confirmed it yet";
    throw new AppError("login-needed", `Cannot wait for the login that "${guard.guarded}" is for: ${found}`, {
      hint: "Confirm that login in the browser, or log in again: atmos auth login",
      cause: error,
    });
  }
}
