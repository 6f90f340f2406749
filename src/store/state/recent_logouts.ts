import type { Needs } from "../../host/host.ts";
import { readState, type StateList, updateState } from "./state_list.ts";
import type { StoreHost } from "../replace.ts";

/** What a logout takes away: a file, or what is in a directory; of credentials maybe those of one profile alone. */
export interface LoggedOut {
  /** Absolute. */
  readonly path: string;
  readonly profile?: string | undefined;
  /** Of a provider's directory: without those below, which are of providers called "<name>/…". */
  readonly isOfProvider?: boolean | undefined;
}

interface RecentLogout extends LoggedOut {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** No login takes longer, were its user asked. */
const LONGEST_LOGIN_MS = 3_600_000;

const LOGOUTS: StateList<RecentLogout> = {
  name: "auth/logouts.json",
  read: (value) => Array.isArray(value) ? value.filter(isLogout) : undefined,
};

function isLogout(value: unknown): value is RecentLogout {
  const { path, profile, at, isOfProvider } = Object(value) as Record<string, unknown>;
  return typeof path === "string" && typeof at === "number" && ["string", "undefined"].includes(typeof profile) &&
    ["boolean", "undefined"].includes(typeof isOfProvider);
}

function isSame(one: LoggedOut, other: LoggedOut): boolean {
  return one.path === other.path && one.profile === other.profile && one.isOfProvider === other.isOfProvider;
}

/**
 * Remembers a logout for the logins that are under way: what AWS gives them afterwards is not to be stored. It comes before
 * anything is removed. Permissions: env, read, write, sys, clock.
 */
export async function recordLogout(
  host: StoreHost & Needs<"env" | "clock">,
  places: readonly LoggedOut[],
): Promise<void> {
  const at = host.clock.now();
  const edit = (known: readonly RecentLogout[]) => [
    ...known.filter((one) =>
      one.at > at - LONGEST_LOGIN_MS && one.at <= at && !places.some((place) => isSame(place, one))
    ),
    ...places.map((place) => ({ ...place, at })),
  ];
  await updateState(host, { ...LOGOUTS, edit });
}

/**
 * Returns whether a logout has taken a place away since this program began: whatever it has got for its user, and waits
 * for, is not to be stored any more. One in the future was made by another clock, and says nothing.
 * Permissions: env, read, sys, clock.
 */
export function isLoggedOut(host: Needs<"env" | "read" | "sys" | "clock">, { path, profile }: LoggedOut): boolean {
  const { started, now } = host.clock;
  return readState(host, LOGOUTS).some((one) =>
    one.at > started && one.at <= now() && takesAway(one, path) &&
    (one.profile === undefined || one.profile === profile)
  );
}

/** Credentials of earlier configurations are in directories of their own. */
const BESIDE = /^(?:fingerprint-[^/]*\/)?[^/]*$/;

function takesAway(logout: LoggedOut, path: string): boolean {
  if (logout.path === path) return true;
  if (!path.startsWith(`${logout.path}/`)) return false;
  return !logout.isOfProvider || BESIDE.test(path.slice(logout.path.length + 1));
}
