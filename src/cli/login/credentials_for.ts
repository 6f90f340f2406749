import {
  isAmbient,
  type Located,
  locateIdentity,
  obtainCredentials,
  type Obtained,
  type Target,
} from "../../auth/login/obtain.ts";
import { lasts } from "../../auth/flow/lasts.ts";
import { loginNeeded } from "../../auth/login/login_needed.ts";
import { obtainUnkept } from "../../auth/login/obtain_unkept.ts";
import { AppError } from "../../errors.ts";
import type { Globals } from "../args/global_flags.ts";
import { patient } from "../prompt/spinner.ts";
import type { LoginCommandHost } from "./login_command_host.ts";
import { terminalUi } from "./terminal_ui.ts";

/** Less would not see a short program through. */
const LEAST_MS = 60_000;
const ENOUGH_MS = 15 * 60_000;

export interface ForInput {
  readonly target: Target;
  readonly globals: Globals;
  /** Whether to log in where nothing usable is kept. */
  readonly login: boolean;
  /** Whether to log in with a code instead of this machine's browser. */
  readonly deviceCode?: boolean;
}

/** Credentials to hand to a program: those that are kept, and with `login` new ones. AppError "login-needed" without. */
export async function credentialsFor(host: LoginCommandHost, input: ForInput): Promise<Obtained> {
  const { target, globals, login, deviceCode = false } = input;
  const ui = terminalUi(host, { globals, explicit: false, deviceCode });
  const located = await locateIdentity(host, target);
  const kept = keptOf(host, located);
  if (login || isAmbient(located.chain)) {
    return await obtainCredentials(patient(host, globals), { target, ui, minTtlMs: ENOUGH_MS }).catch((error) => {
      if (kept !== undefined && error instanceof AppError && SURMOUNTABLE.has(error.code)) return kept;
      throw error;
    });
  }
  if (located.problem !== undefined) ui.warn(located.problem);
  if (kept === undefined) throw loginNeeded(located);
  return kept;
}

/** Credentials for a look, which can keep nothing: those that are kept, else new ones where that takes no person. */
export async function credentialsToLook(
  host: LoginCommandHost,
  { target, globals }: Omit<ForInput, "login">,
): Promise<Obtained> {
  const located = await locateIdentity(host, target);
  if (isAmbient(located.chain) || keptOf(host, located) !== undefined) {
    return await credentialsFor(host, { target, globals, login: false });
  }
  const ui = terminalUi(host, { globals, explicit: false });
  if (located.problem !== undefined) ui.warn(located.problem);
  const credentials = await obtainUnkept(host, { located, ui });
  return { ...located, credentials, source: { kind: "memory", credentials }, renewed: true };
}

/** Nobody is there, or AWS is not: what is kept still lasts for a while. */
const SURMOUNTABLE: ReadonlySet<string> = new Set(["login-needed", "unreachable", "timeout"]);

function keptOf(host: LoginCommandHost, located: Located): Obtained | undefined {
  const { stored, place } = located;
  if (stored === undefined || place === undefined) return undefined;
  if (!lasts(stored, { now: host.clock.now(), ms: LEAST_MS })) return undefined;
  return { ...located, credentials: stored, source: { kind: "files", place }, renewed: false };
}
