import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import { mayBeThere } from "../store/may_be_there.ts";
import { readState, type StateList, updateState } from "../store/state_list.ts";

/** A login that was given to docker, and whose it is. */
interface RecordedLogin {
  /** Docker's config.json, absolute. */
  readonly file: string;
  readonly registry: string;
  /** null: whoever the environment said. */
  readonly identity: string | null;
  /** Where the configuration of the identity lies; undefined without one, and in records of version 0.1.0. */
  readonly configLocation?: string | undefined;
}

/** An identity, and the configuration that it is of: another one may have the same name. */
type LoginOwner = Pick<RecordedLogin, "identity" | "configLocation">;

const LOGINS: StateList<RecordedLogin> = {
  name: "docker/logins.json",
  read: (value) => Array.isArray(value) ? value.filter(isLogin) : undefined,
};

function isLogin(value: unknown): value is RecordedLogin {
  const { file, registry, identity, configLocation } = Object(value) as Record<string, unknown>;
  return typeof file === "string" && typeof registry === "string" &&
    (identity === null || typeof identity === "string") &&
    (configLocation === undefined || typeof configLocation === "string");
}

/** Whose login docker has at a registry; undefined where this program has not given it one. Permissions: env, read. */
export function loginOwners(
  host: Needs<"env" | "read">,
  file: string,
): (registry: string) => LoginOwner | undefined {
  const owners = new Map(readState(host, LOGINS).map((one) => [keyOf(one), withPresentLocation(host, one)]));
  return (registry) => owners.get(keyOf({ file, registry }));
}

/** A configuration that has moved is known by its identity alone. */
function withPresentLocation(host: Needs<"read">, login: RecordedLogin): RecordedLogin {
  const { configLocation, ...moved } = login;
  return configLocation === undefined || mayBeThere(host, configLocation) ? login : moved;
}

/**
 * Whether a login may be another's than the identity's, which is one of that configuration: of a login that was made
 * otherwise it is not known whose it is.
 */
export function isAnothers(owner: LoginOwner | undefined, { identity, configLocation }: LoginOwner): boolean {
  if (owner === undefined) return false;
  return isElsewhere(owner, configLocation) || owner.identity?.toLowerCase() !== identity?.toLowerCase();
}

/** Whether a login was made by another configuration than the one at that location. */
export function isElsewhere(owner: LoginOwner | undefined, configLocation: string | undefined): boolean {
  return owner?.configLocation !== undefined && owner.configLocation !== configLocation;
}

/** Remembers whose logins these are. */
export async function recordLogins(host: StoreHost & Needs<"env">, logins: readonly RecordedLogin[]): Promise<void> {
  if (logins.length > 0) {
    await updateState(host, { ...LOGINS, edit: (known) => [...without(known, logins), ...logins] });
  }
}

/** Remembers that docker has these no more. */
export async function forgetRecorded(
  host: StoreHost & Needs<"env">,
  logins: readonly Pick<RecordedLogin, "file" | "registry">[],
): Promise<void> {
  const keys = new Set(logins.map(keyOf));
  if (!readState(host, LOGINS).some((one) => keys.has(keyOf(one)))) return;
  await updateState(host, { ...LOGINS, edit: (known) => without(known, logins) });
}

type Key = Pick<RecordedLogin, "file" | "registry">;

function without(known: readonly RecordedLogin[], gone: readonly Key[]): readonly RecordedLogin[] {
  const keys = new Set(gone.map(keyOf));
  return known.filter((one) => !keys.has(keyOf(one)));
}

function keyOf({ file, registry }: Key): string {
  return JSON.stringify([file, registry]);
}
