import { AppError } from "../../errors.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { singleFlight, waitThenAlone } from "../../store/single_flight.ts";
import { lasts } from "../flow/lasts.ts";
import { type LoginHost, type LoginUi, noninteractive } from "../flow/login_host.ts";
import { type Located, locateIdentity, obtainCredentials, type Obtained, type Target } from "./obtain.ts";

/** Less would not see a short program through. */
const LEAST_MS = 60_000;
/** AWS answers or fails before that, even to many who wait in turn. */
const LONGEST_WAIT_MS = 60_000;
/** Nobody is there, or AWS is not: what is kept still lasts for a while. */
const SURMOUNTABLE: ReadonlySet<string> = new Set(["login-needed", "login-denied", "unreachable", "timeout"]);

export interface KeptInput {
  readonly target: Target;
  readonly ui: LoginUi;
  /** What is kept for that long, in milliseconds, is used without asking anybody. */
  readonly freshMs: number;
}

/**
 * Credentials for a program: those of an earlier login, without network, else new ones, which are kept; of many
 * processes one asks AWS and all get the result. Errors as for obtainCredentials.
 */
export async function keptOrRenewed(host: LoginHost, { target, ui, freshMs }: KeptInput): Promise<Obtained> {
  const located = await locateIdentity(host, target);
  const kept = keptOf(host, { located, ms: freshMs });
  if (kept !== undefined) return kept;
  const path = await turnPath(host, located);
  const asking = (how: LoginUi) => obtainCredentials(host, { target, ui: how, minTtlMs: freshMs });
  return await singleFlight(host, {
    lock: path === undefined ? undefined : { path, guarded: path },
    wait: waitThenAlone(LONGEST_WAIT_MS),
    body: () => asking(noninteractive(ui)),
  }).catch((error) => {
    // Outside of the turn: a person takes minutes, and programs are to be told at once.
    if (ui.interactive && error instanceof AppError && error.code === "login-needed") return asking(ui);
    throw error;
  }).catch((error) => {
    const last = keptOf(host, { located, ms: LEAST_MS });
    if (last !== undefined && error instanceof AppError && SURMOUNTABLE.has(error.code)) return last;
    throw error;
  });
}

interface Kept {
  readonly located: Located;
  readonly ms: number;
}

function keptOf(host: Needs<"clock">, { located, ms }: Kept): Obtained | undefined {
  const { stored, place } = located;
  if (stored === undefined || place === undefined || !lasts(stored, { now: host.clock.now(), ms })) return undefined;
  return { ...located, credentials: stored, source: { kind: "files", place }, renewed: false };
}

/** Beside the sessions, since the directory of the credentials is the Go atmos's, too. */
async function turnPath(host: Needs<"env">, { place }: Located): Promise<string | undefined> {
  const home = cacheHome(host);
  if (home === undefined || place === undefined) return undefined;
  return join(home, "atmos", "renewals", `${await sha256Hex(`${place.credentials}\n${place.profile}`)}.lock`);
}
