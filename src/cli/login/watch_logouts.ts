import { findLoggedOut } from "../../auth/flow/logged_out.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";

export interface LogoutWatch {
  /** Watches one more; returns it. */
  add(active: ActiveIdentity): ActiveIdentity;
  /** Returns why nothing is to be stored any more of what an identity has got, such as docker's logins. */
  readonly findRefusal: (identity: string) => AppError | undefined;
  /** Notes whose something is that is to be stored. */
  note(what: object, identity: string): void;
  /** Returns why each is not to be stored any more. */
  findRefusals(all: readonly object[]): readonly (AppError | undefined)[];
}

/** Returns what tells whether a logout has ended identities meanwhile. Permissions: env, read, sys, clock. */
export function watchLogouts(
  host: Needs<"env" | "read" | "sys" | "clock">,
  obtained: readonly ActiveIdentity[] = [],
): LogoutWatch {
  const owners = new Map<object, string>();
  const watched = new Map<string, Pick<ActiveIdentity, "name" | "place">>();
  const add = (active: ActiveIdentity) => {
    watched.set(active.name.toLowerCase(), active);
    return active;
  };
  obtained.forEach(add);
  const findRefusal = (identity: string) => {
    const active = watched.get(identity.toLowerCase());
    return active === undefined ? undefined : findLoggedOut(host, active);
  };
  const note = (what: object, identity: string) => void owners.set(what, identity);
  const findRefusals = (all: readonly object[]) => {
    const names = new Set(all.flatMap((one) => owners.get(one) ?? []));
    const refusals = new Map([...names].map((name) => [name, findRefusal(name)]));
    return all.map((one) => refusals.get(owners.get(one) ?? ""));
  };
  return { add, findRefusal, note, findRefusals };
}
