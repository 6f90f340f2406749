import { type ActiveIdentity, makeLoggedOut } from "../../auth/login/identity.ts";
import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { isLoggedOutSince } from "../../store/state/recent_logouts.ts";

export interface LogoutWatch {
  /** Watches one more; returns it. */
  add(active: ActiveIdentity): ActiveIdentity;
  /** Returns why nothing is to be stored any more of what an identity has got, such as docker's logins. */
  readonly findRefusal: (identity: string) => AppError | undefined;
}

/** Returns what tells whether a logout has ended an identity from now on. Permissions: env, read, sys, clock. */
export function watchLogouts(
  host: Needs<"env" | "read" | "sys" | "clock">,
  obtained: readonly ActiveIdentity[] = [],
): LogoutWatch {
  const since = host.clock.now();
  const places = new Map(obtained.map(({ name, place }) => [name, place]));
  return {
    add(active) {
      places.set(active.name, active.place);
      return active;
    },
    findRefusal(identity) {
      const place = places.get(identity);
      if (place === undefined) return undefined;
      const isOver = isLoggedOutSince(host, { path: place.credentials, profile: place.profile }, since);
      return isOver ? makeLoggedOut(identity) : undefined;
    },
  };
}
