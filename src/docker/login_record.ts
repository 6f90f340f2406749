import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import { mayBeThere } from "../store/current_file.ts";
import { readState, type StateList, updateState } from "../store/state/state_list.ts";

/** What docker was given for a registry, a login or a program to ask, and whose it is. */
export interface RecordedLogin {
  /** Docker's config.json, absolute. */
  readonly file: string;
  readonly registry: string;
  /** null: whoever the environment said. */
  readonly identity: string | null;
  /** Where the configuration of the identity lies; undefined without one, and in records of version 0.1.0. */
  readonly configLocation?: string | undefined;
  /** Of a login: by what it is recognized, as markLogin gives it; undefined in records of version 0.1.0. */
  readonly mark?: string | undefined;
  /** What the identity was, which may be another account or role by now. */
  readonly fingerprint?: string | undefined;
  /** Of a program: what `credHelpers` names since. */
  readonly helper?: string | undefined;
  /** Of a program: what `credHelpers` named before, of the user's own. */
  readonly former?: string | undefined;
}

/** A recorded login, and whether its configuration is no longer where it was. */
export type OwnedLogin = RecordedLogin & { readonly isGone?: boolean };

/** An identity, and the configuration that it is of: another one may have the same name. */
export type LoginOwner = Pick<OwnedLogin, "identity" | "configLocation" | "fingerprint" | "isGone">;

/** Who asks; without an identity it is a command that is about none. */
export type LoginAsker = Partial<Pick<RecordedLogin, "identity" | "configLocation" | "fingerprint">>;

const LOGINS: StateList<RecordedLogin> = {
  name: "docker/logins.json",
  read: (value) => Array.isArray(value) ? value.filter(isLogin) : undefined,
};

function isLogin(value: unknown): value is RecordedLogin {
  const { file, registry, identity, ...optional } = Object(value) as Record<string, unknown>;
  return typeof file === "string" && typeof registry === "string" &&
    (identity === null || typeof identity === "string") &&
    OPTIONAL.every((key) => optional[key] === undefined || typeof optional[key] === "string");
}

const OPTIONAL = ["configLocation", "mark", "fingerprint", "helper", "former"] as const;

/** What docker was given for a registry, and whose it is; undefined where it was nothing. Permissions: env, read. */
export function loginOwners(
  host: Needs<"env" | "read" | "sys">,
  file: string,
): (registry: string) => OwnedLogin | undefined {
  const owners = new Map(readState(host, LOGINS).map((one) => [makeKey(one), one]));
  return (registry) => {
    const owner = owners.get(makeKey({ file, registry }));
    if (owner?.configLocation === undefined || mayBeThere(host, owner.configLocation)) return owner;
    return { ...owner, isGone: true };
  };
}

/**
 * Whether a login may be another's than the identity's, which is one of that configuration: of a login that was made
 * otherwise it is not known whose it is.
 */
export function isAnothers(owner: LoginOwner | undefined, asker: LoginAsker): boolean {
  if (owner === undefined) return false;
  return isElsewhere(owner, asker) || owner.identity?.toLowerCase() !== asker.identity?.toLowerCase();
}

/** Whether a login was made by another configuration than the one that asks, which may be the same that has moved. */
export function isElsewhere(owner: LoginOwner | undefined, asker: LoginAsker): boolean {
  if (owner?.configLocation === undefined || owner.configLocation === asker.configLocation) return false;
  return owner.isGone !== true || !isSameIdentity(owner, asker);
}

/** What a name alone says, another configuration could say as well. */
function isSameIdentity(owner: LoginOwner, { identity, fingerprint }: LoginAsker): boolean {
  return identity !== undefined && owner.identity?.toLowerCase() === identity?.toLowerCase() &&
    (owner.fingerprint === undefined || owner.fingerprint === fingerprint);
}

/** Returns the logins of identities that docker's file has, whose password is in it or in a helper. Permissions: env, read. */
export function listRecordedLogins(host: Needs<"env" | "read" | "sys">, file: string): readonly RecordedLogin[] {
  return readState(host, LOGINS).filter((one) =>
    one.file === file && one.helper === undefined && one.identity !== null && one.configLocation !== undefined
  );
}

/** Returns what is on record of programs, in all of docker's files. Permissions: env, read. */
export function listHelpers(host: Needs<"env" | "read" | "sys">): readonly RecordedLogin[] {
  return readState(host, LOGINS).filter(({ helper }) => helper !== undefined);
}

/** Returns the programs that are named in other files of docker's than this one. Permissions: env, read. */
export function helpersElsewhere(host: Needs<"env" | "read" | "sys">, file: string): readonly string[] {
  return readState(host, LOGINS).flatMap(({ helper, ...one }) => one.file === file ? [] : helper ?? []);
}

/** Remembers whose these are. */
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
  const keys = new Set(logins.map(makeKey));
  if (!readState(host, LOGINS).some((one) => keys.has(makeKey(one)))) return;
  await updateState(host, { ...LOGINS, edit: (known) => without(known, logins) });
}

type Key = Pick<RecordedLogin, "file" | "registry">;

function without(known: readonly RecordedLogin[], gone: readonly Key[]): readonly RecordedLogin[] {
  const keys = new Set(gone.map(makeKey));
  return known.filter((one) => !keys.has(makeKey(one)));
}

function makeKey({ file, registry }: Key): string {
  return JSON.stringify([file, registry]);
}
