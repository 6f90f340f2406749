import type { Needs } from "../../host/host.ts";
import { readState, type StateList, updateState } from "./state_list.ts";
import type { StoreHost } from "../replace.ts";

/** What a logout takes away: a file, or all below a directory; of credentials maybe those of one profile alone. */
export interface LoggedOut {
  /** Absolute. */
  readonly path: string;
  readonly profile?: string | undefined;
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
  const { path, profile, at } = Object(value) as Record<string, unknown>;
  return typeof path === "string" && typeof at === "number" && ["string", "undefined"].includes(typeof profile);
}

function isSame(one: LoggedOut, other: LoggedOut): boolean {
  return one.path === other.path && one.profile === other.profile;
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
    ...places.map(({ path, profile }) => ({ path, profile, at })),
  ];
  await updateState(host, { ...LOGOUTS, edit });
}

/**
 * Returns whether a logout has taken a place away since then, in milliseconds since the epoch. One in the future was made
 * by another clock, and says nothing. Permissions: env, read, sys, clock.
 */
export function isLoggedOutSince(
  host: Needs<"env" | "read" | "sys" | "clock">,
  { path, profile }: LoggedOut,
  since: number,
): boolean {
  const now = host.clock.now();
  return readState(host, LOGOUTS).some((one) =>
    one.at >= since && one.at <= now && (one.path === path || path.startsWith(`${one.path}/`)) &&
    (one.profile === undefined || one.profile === profile)
  );
}
