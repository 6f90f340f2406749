import { AppError } from "../../errors.ts";
import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import type { Needs } from "../../host/host.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { singleFlight, type SingleFlightInput, waitThenAlone } from "../../store/single_flight.ts";
import { isAmbient } from "../model/chain.ts";
import type { FileProblem } from "../files/file_problem.ts";
import { refuseLoggedOut } from "../flow/logged_out.ts";
import { type LoginHost, noninteractive } from "../flow/login_host.ts";
import { type ActiveIdentity, type LocatedIdentity, withStored, withStoredSince } from "./identity.ts";
import { logIn, type NewCredentialsInput, renewAndStore, renewInMemory } from "./log_in.ts";
import { type CredentialPolicy, USABLE_MS } from "./policies.ts";

/**
 * Returns the identity with new credentials, as far as the policy goes for them; else, where it says so, with those
 * that are stored. Errors are those of the login.
 */
export async function renew(
  host: LoginHost,
  input: NewCredentialsInput,
  policy: CredentialPolicy,
): Promise<ActiveIdentity> {
  const { ui, located } = input;
  if (isAmbient(located.chain)) return await renewAndStore(host, input);
  if (!policy.store) return await renewInMemory(host, input);
  const orStored = (isAsked: boolean) => (error: unknown) => {
    // What a logout has removed since it was read is not there.
    refuseLoggedOut(host, located);
    const stored = isSurmountable(error, isAsked) ? withStored(host, located, USABLE_MS) : undefined;
    if (stored === undefined || !policy.fallBackToStored) throw error;
    ui.warn(fallBackProblem(stored, { error: error as AppError, now: host.clock.now() }));
    return stored;
  };
  const asksAtOnce = policy.ask === "explicit" || (policy.ask === "if-terminal" && ui.interactive);
  if (asksAtOnce) return await logIn(host, input).catch(orStored(ui.interactive));
  const quiet = policy.ask === "if-needed" ? noninteractive(ui) : ui;
  return await renewForAll(host, { ...input, ui: quiet }).catch((error) => {
    // Outside of the turn: a user takes minutes, and other programs are to get their answer at once.
    refuseLoggedOut(host, located);
    if (ui.interactive && hasCode(error, ["login-needed"])) return logIn(host, input).catch(orStored(true));
    return orStored(false)(error);
  });
}

/** No user is there, or AWS is not. A login that the user refuses is not carried on with; one refused before is. */
function isSurmountable(error: unknown, isAsked: boolean): boolean {
  return hasCode(error, ["login-needed", "unreachable", "timeout", ...(isAsked ? [] : ["login-denied"] as const)]);
}

function hasCode(error: unknown, codes: readonly AppError["code"][]): boolean {
  return error instanceof AppError && codes.includes(error.code);
}

/** What the user is told of stored credentials that are used because AWS gives no new ones: for how long, and why. */
function fallBackProblem(
  { name, credentials: { expiration = 0 } }: ActiveIdentity,
  { error, now }: { readonly error: AppError; readonly now: number },
): FileProblem {
  const minutes = Math.floor((expiration - now) / 60_000);
  const using = `Using the stored credentials of identity "${name}", which expire in ${minutes}m`;
  return {
    message: `${using}, since there are no new ones: ${error.message}`,
    hint: error.hint ?? ["Log in: ", { kind: "login", identity: name }],
    context: error.context,
  };
}

/** AWS answers or fails before that, even to many who wait in turn. */
const LONGEST_WAIT_MS = 60_000;

/** Of many processes that renew the same without a user one asks AWS, and all get the result. */
async function renewForAll(host: LoginHost, input: NewCredentialsInput): Promise<ActiveIdentity> {
  const { located, minTtlMs } = input;
  return await singleFlight(host, {
    lock: await lockFor(host, located),
    wait: waitThenAlone(LONGEST_WAIT_MS),
    body: async () => withStoredSince(host, located, minTtlMs) ?? await logIn(host, input),
  });
}

/** Beside the sessions, since the directory of the credentials is shared with the Go atmos. */
async function lockFor(
  host: Needs<"env">,
  { place }: LocatedIdentity,
): Promise<SingleFlightInput<ActiveIdentity>["lock"]> {
  const home = cacheHome(host);
  if (home === undefined || place === undefined) return undefined;
  const path = join(home, "atmos", "renewals", `${await sha256Hex(`${place.credentials}\n${place.profile}`)}.lock`);
  return { path, guarded: path, isRemoved: true };
}
