import type { Needs } from "../host/host.ts";
import type { Secret } from "../secret.ts";
import type { StoreHost } from "../store/replace.ts";
import type { DockerConfig } from "./docker_config.ts";
import {
  encodeAuth,
  eraseInHelper,
  isOurs,
  loginInHelper,
  makesPasswords,
  storeInHelper,
} from "./docker_credential.ts";
import { findLoginHolder, type Holder, isMarked, markLogin } from "./holder.ts";
import { forgetRecorded, loginOwners, type RecordedLogin, recordLogins } from "./login_record.ts";
import { ECR_USER, loginEdits } from "./registry_edits.ts";
import { loadDockerConfig, saveDockerConfig } from "./save.ts";

interface RegistryLogin {
  readonly registry: string;
  readonly password: Secret;
  /** Whose the login is; null: whoever's the environment says. */
  readonly identity: string | null;
  /** Where the configuration of the identity lies. */
  readonly configLocation: string | undefined;
  /** What the identity's credentials are. */
  readonly fingerprint?: string | undefined;
}

/** Where docker finds a login now. */
export interface StoredLogins {
  readonly registry: string;
  readonly action: "added" | "updated" | "unchanged";
  /** The credential helper that has it, or that makes it; undefined when the file has it. */
  readonly helper: string | undefined;
  /** Whose it is, where docker has another's, which stays. */
  readonly holder?: Holder;
}

type LoginsHost = StoreHost & Needs<"env" | "run" | "clock">;

interface LoginsInput {
  readonly path: string;
  readonly logins: readonly RegistryLogin[];
  /** Whether the user has named these registries in a command: what others have put there stays otherwise. */
  readonly isNamed: boolean;
}

interface Planned extends RegistryLogin {
  readonly store: ReturnType<DockerConfig["storeOf"]>;
  readonly isNew: boolean;
  readonly record: RecordedLogin | undefined;
  readonly holder: Holder;
}

type Handing = { readonly path: string; readonly one: Planned; readonly silent: Set<string> };

/** The file says by now that someone else is to keep passwords. */
class StoreChanged extends Error {}

/**
 * Makes docker know logins at ECR, as `docker login` does: through the credential helper that config.json names for the
 * registry, else in the file; all in one write. An outcome or an AppError for each: "integration-failed" of a helper,
 * and those of saveDockerConfig. Permissions: read, write, env, run, sys, clock.
 */
export async function keepLogins(host: LoginsHost, input: LoginsInput): Promise<readonly (StoredLogins | Error)[]> {
  for (let tries = 3;; tries--) {
    try {
      return await keepOnce(host, input);
    } catch (error) {
      if (!(error instanceof StoreChanged) || tries === 0) return input.logins.map(() => error as Error);
    }
  }
}

async function keepOnce(host: LoginsHost, { path, logins, isNamed }: LoginsInput): Promise<(StoredLogins | Error)[]> {
  const looked = await lookedUp(host, { path, logins });
  host.clock.interruption?.refuse();
  // One after the other: not every keychain takes two at a time.
  const handed: (Error | undefined)[] = [];
  const planned: Planned[] = [];
  const silent = new Set<string>();
  for (const found of looked) {
    const one = isNamed ? found : await comparedWithHelper(host, { path, one: found, silent });
    planned.push(one);
    handed.push(stays(one, isNamed) ? undefined : await handOver(host, { path, one, silent }));
  }
  const written = planned.filter((one, at) => handed[at] === undefined && !makesItself(one) && !stays(one, isNamed));
  if (written.length > 0) {
    const inHelpers = written.filter(({ store }) => store !== undefined);
    const record = async (all: readonly Planned[]) =>
      await recordLogins(host, await Promise.all(all.map((one) => makeRecord(path, one))));
    // Whatever ends this run, a logout is to find what a helper has by now.
    await record(inHelpers);
    await write(host, { path, written }).catch(async (error) => {
      await takeBack(host, { path, all: inHelpers.filter((one) => isRefused(host, one)) });
      throw error;
    });
    await record(written);
  }
  return planned.map((one, at) => handed[at] ?? outcome(one, isNamed));
}

async function lookedUp(
  host: LoginsHost,
  { path, logins }: Pick<LoginsInput, "path" | "logins">,
): Promise<readonly Planned[]> {
  const config = loadDockerConfig(host, path);
  const ownerAt = loginOwners(host, path);
  const now = host.clock.now();
  return await Promise.all(logins.map(async (login): Promise<Planned> => {
    const { registry, identity, configLocation, fingerprint } = login;
    const record = ownerAt(registry);
    return {
      ...login,
      store: config.storeOf(registry),
      isNew: config.authOf(registry) === undefined,
      record,
      holder: await findLoginHolder({
        config,
        registry,
        record,
        asker: { identity, configLocation, fingerprint },
        now,
      }),
    };
  }));
}

/**
 * A login that only a helper has may be the user's own, by now or since before the first of ours; one that is ours is
 * replaced in any case.
 */
async function comparedWithHelper(host: LoginsHost, { path, one, silent }: Handing): Promise<Planned> {
  const { store, holder, record, registry, isNew } = one;
  const isDoubtful = (holder.kind === "own" && record?.mark !== undefined) || (holder.kind === "none" && isNew);
  if (store === undefined || makesItself(one) || !isDoubtful) return one;
  try {
    const login = await loginInHelper(host, { ...store, registry, path, silent });
    const isOwn = login === undefined || (record !== undefined && await isMarked(record, login.auth));
    return isOwn ? one : { ...one, holder: { kind: "user" } };
  } catch {
    // Where it does not answer, it is told when it does not take the new one.
    return one;
  }
}

/** A helper that makes passwords is another's only where it is this program for another configuration. */
function stays({ holder, store }: Planned, isNamed: boolean): boolean {
  if (store !== undefined && makesPasswords(store.helper)) return isOurs(store.helper) && holder.kind === "other";
  return !isNamed && (holder.kind === "user" || holder.kind === "other");
}

async function makeRecord(path: string, one: Planned): Promise<RecordedLogin> {
  const { registry, identity, configLocation, fingerprint, password } = one;
  const mark = await markLogin(encodeAuth(ECR_USER, password));
  return { file: path, registry, identity, configLocation, mark, fingerprint };
}

function makesItself({ store }: Planned): boolean {
  return store !== undefined && makesPasswords(store.helper);
}

/** Gives the password to the helper that is to have it; the error when that fails. */
async function handOver(host: LoginsHost, { path, one, silent }: Handing): Promise<Error | undefined> {
  const { store, registry, password } = one;
  if (store === undefined || makesItself(one)) return undefined;
  try {
    await storeInHelper(host, { ...store, registry, password, path, silent, username: ECR_USER });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Whether a logout has ended the login's identity meanwhile. */
function isRefused({ clock }: LoginsHost, { identity }: Planned): boolean {
  try {
    if (identity !== null) clock.interruption?.refuse(identity);
    return false;
  } catch {
    return true;
  }
}

/** What helpers have got for identities that have logged out meanwhile; anything else is on record, for the next run. */
async function takeBack(
  host: LoginsHost,
  { path, all }: { readonly path: string; readonly all: readonly Planned[] },
): Promise<void> {
  const silent = new Set<string>();
  for (const { store, registry } of all) {
    await eraseInHelper(host, { ...store!, registry, silent, path }).catch(() => {});
  }
  await forgetRecorded(host, all.map(({ registry }) => ({ file: path, registry })));
}

async function write(
  host: LoginsHost,
  { path, written }: { readonly path: string; readonly written: readonly Planned[] },
): Promise<void> {
  await saveDockerConfig(host, {
    path,
    holdsSecret: written.some(({ store }) => store === undefined),
    plan: (config) =>
      written.flatMap(({ registry, store, password }) => {
        if (config.storeOf(registry)?.helper !== store?.helper) throw new StoreChanged();
        return loginEdits(config, {
          registry,
          auth: store === undefined ? encodeAuth(ECR_USER, password).reveal() : undefined,
        });
      }),
  });
}

function outcome(one: Planned, isNamed: boolean): StoredLogins {
  const { registry, store, isNew, holder } = one;
  if (stays(one, isNamed)) return { registry, action: "unchanged", helper: store?.helper, holder };
  const action = makesItself(one) ? "unchanged" : isNew ? "added" : "updated";
  return { registry, action, helper: store?.helper };
}
