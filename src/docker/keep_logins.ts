import type { Needs } from "../host/host.ts";
import type { Secret } from "../secret.ts";
import type { StoreHost } from "../store/replace.ts";
import { makesPasswords, storeInHelper } from "./docker_credential.ts";
import type { DockerConfig } from "./docker_config.ts";
import { recordLogins } from "./login_record.ts";
import { ECR_USER, loginEdits } from "./registry_edits.ts";
import { loadDockerConfig, saveDockerConfig } from "./save.ts";

interface RegistryLogin {
  readonly registry: string;
  readonly password: Secret;
  /** Whose the login is; null: whoever's the environment says. */
  readonly identity: string | null;
  /** Where the configuration of the identity lies. */
  readonly configLocation: string | undefined;
}

/** Where docker finds a login now. */
export interface Kept {
  readonly registry: string;
  readonly action: "added" | "updated" | "unchanged";
  /** The credential helper that has it, or that makes it; undefined when the file has it. */
  readonly helper: string | undefined;
}

type LoginsHost = StoreHost & Needs<"env" | "run">;

interface Planned extends RegistryLogin {
  readonly store: ReturnType<DockerConfig["storeOf"]>;
  readonly isNew: boolean;
}

/** The file says by now that somebody else is to keep passwords. */
class StoreChanged extends Error {}

/**
 * Makes docker know logins at ECR, as `docker login` does: through the credential helper that config.json names for the
 * registry, else in the file; all in one write. An outcome or an AppError for each: "integration-failed" of a helper,
 * and those of saveDockerConfig. Permissions: read, write, env, run, sys.
 */
export async function keepLogins(
  host: LoginsHost,
  input: { readonly path: string; readonly logins: readonly RegistryLogin[] },
): Promise<readonly (Kept | Error)[]> {
  for (let tries = 3;; tries--) {
    try {
      return await keptOnce(host, input);
    } catch (error) {
      if (!(error instanceof StoreChanged) || tries === 0) return input.logins.map(() => error as Error);
    }
  }
}

async function keptOnce(
  host: LoginsHost,
  { path, logins }: Parameters<typeof keepLogins>[1],
): Promise<(Kept | Error)[]> {
  const config = loadDockerConfig(host, path);
  const planned = logins.map((login): Planned => ({
    ...login,
    store: config.storeOf(login.registry),
    isNew: config.authOf(login.registry) === undefined,
  }));
  // One after the other: not every keychain takes two at a time.
  const handed: (Error | undefined)[] = [];
  const silent = new Set<string>();
  for (const one of planned) handed.push(await handOver(host, { path, one, silent }));
  const written = planned.filter((one, at) => handed[at] === undefined && !makesItself(one));
  if (written.length > 0) {
    await write(host, { path, written });
    const logins = written.map(({ registry, identity, configLocation }) => ({
      file: path,
      registry,
      identity,
      configLocation,
    }));
    await recordLogins(host, logins);
  }
  return planned.map((one, at) => handed[at] ?? outcome(one));
}

function makesItself({ store }: Planned): boolean {
  return store !== undefined && makesPasswords(store.helper);
}

/** Gives the password to the helper that is to have it; the error when that fails. */
async function handOver(
  host: LoginsHost,
  { path, one, silent }: { readonly path: string; readonly one: Planned; readonly silent: Set<string> },
): Promise<Error | undefined> {
  const { store, registry, password } = one;
  if (store === undefined || makesItself(one)) return undefined;
  try {
    await storeInHelper(host, { ...store, registry, password, path, silent, username: ECR_USER });
    return undefined;
  } catch (error) {
    return error as Error;
  }
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
        return loginEdits(config, { registry, auth: store === undefined ? authOf(password) : undefined });
      }),
  });
}

/** The password leaves for docker's file here. */
function authOf(password: Secret): string {
  return new TextEncoder().encode(`${ECR_USER}:${password.reveal()}`).toBase64();
}

function outcome(one: Planned): Kept {
  const { registry, store, isNew } = one;
  const action = makesItself(one) ? "unchanged" : isNew ? "added" : "updated";
  return { registry, action, helper: store?.helper };
}
