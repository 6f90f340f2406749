import { AppError } from "../../errors.ts";
import type { StoreHost } from "../../store/replace.ts";
import { singleFlight, type Wait } from "../../store/single_flight.ts";
import type { LoginUi } from "./login_host.ts";
import { LOGIN, remedy } from "../../remedy.ts";

/** Another process that only renews a token is waited for without a word. */
const QUIET_MS = 1_000;
/** A token is renewed in that time. A login that a user has to confirm takes longer: no program waits for that. */
const NONINTERACTIVE_MS = 5_000;
/** A device code lives ten minutes. */
const LONGEST_MS = 11 * 60_000;

interface LoginFlightInput<T> {
  /** The session's file; undefined when there is no HOME: every process then logs in on its own. */
  readonly path: string | undefined;
  readonly ui: LoginUi;
  readonly body: () => Promise<T>;
}

/**
 * Returns what `body` returns, which runs while no other process logs in to the same session; the others wait, and find
 * its result when it is their turn. AppError "login-needed" without a terminal while another process asks its user.
 * Permissions: read, write.
 */
export async function loginFlight<T>(host: StoreHost, { path, ui, body }: LoginFlightInput<T>): Promise<T> {
  const lock = path === undefined ? undefined : { path: path.replace(/\.json$/, ".login"), guarded: path };
  return await singleFlight(host, { lock, wait: waitFor(ui, path), body });
}

function waitFor(ui: LoginUi, path: string | undefined): Wait {
  const announced = (): Wait => {
    ui.say("Another atmos is logging in to the same place; waiting for it.");
    return { timeoutMs: LONGEST_MS, then: refuse };
  };
  const brief = (): Wait => ({
    timeoutMs: NONINTERACTIVE_MS - QUIET_MS,
    then: (locked) => refuse(makeUnconfirmed(path, locked)),
  });
  return { timeoutMs: QUIET_MS, then: ui.interactive ? announced : brief };
}

function refuse(error: AppError): never {
  throw error;
}

function makeUnconfirmed(path: string | undefined, cause: AppError): AppError {
  const found = "another atmos is logging in there, and that login is not confirmed yet";
  return new AppError("login-needed", `Cannot wait for the login that "${path}" is for: ${found}`, {
    hint: remedy`Confirm that login in the browser, or log in again: ${LOGIN}`,
    cause,
  });
}
