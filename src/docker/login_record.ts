import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import { readState, type StateList, updateState } from "../store/state_list.ts";

/** A login that was given to docker, and whose it is. */
interface RecordedLogin {
  /** Docker's config.json, absolute. */
  readonly file: string;
  readonly registry: string;
  /** null: whoever the environment said. */
  readonly identity: string | null;
}

const LOGINS: StateList<RecordedLogin> = {
  name: "docker/logins.json",
  read: (value) => Array.isArray(value) ? value.filter(isLogin) : undefined,
};

function isLogin(value: unknown): value is RecordedLogin {
  const { file, registry, identity } = Object(value) as Record<string, unknown>;
  return typeof file === "string" && typeof registry === "string" &&
    (identity === null || typeof identity === "string");
}

/** Whose login docker has at a registry; undefined where this program has not given it one. Permissions: env, read. */
export function loginOwners(
  host: Needs<"env" | "read">,
  file: string,
): (registry: string) => RecordedLogin["identity"] | undefined {
  const owners = new Map(readState(host, LOGINS).map((one) => [keyOf(one), one.identity]));
  return (registry) => owners.get(keyOf({ file, registry }));
}

/** Whether a login may be another's than the identity's: nobody knows whose one is that was made otherwise. */
export function isAnothers(owner: RecordedLogin["identity"] | undefined, identity: string): boolean {
  return owner !== undefined && owner?.toLowerCase() !== identity.toLowerCase();
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
