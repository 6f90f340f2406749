import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import type { DockerConfig } from "./docker_config.ts";
import { eraseInHelper, loginInHelper, makesPasswords } from "./docker_credential.ts";
import { isMarked } from "./holder.ts";
import { forgetRecorded, loginOwners, type RecordedLogin } from "./login_record.ts";
import { ECR_USER, logoutEdits } from "./registry_edits.ts";
import { loadDockerConfig, previewDockerConfig, saveDockerConfig } from "./save.ts";

interface ForgetInput {
  readonly path: string;
  readonly registries: readonly string[];
  /** Tells whether there is something to remove, and removes nothing. */
  readonly dryRun: boolean;
  /** Whether the user has named these registries in a command: only recorded logins are removed otherwise. */
  readonly isNamed: boolean;
}

/** Whether there was a login to remove, or why it could not be; "changed" for one that is not the recorded one. */
type Forgotten = boolean | "changed" | AppError;

/**
 * Takes docker's logins at registries of ECR away, from the credential helpers that keep them and from the file, all in
 * one write; what became of each. Logins of other users than AWS stay. Errors and permissions as keepLogins; AppErrors of
 * the file are thrown.
 */
export async function forgetLogins(
  host: StoreHost & Needs<"env" | "run">,
  input: ForgetInput,
): Promise<readonly Forgotten[]> {
  const { path, registries, dryRun } = input;
  const config = loadDockerConfig(host, path);
  const ownerAt = loginOwners(host, path);
  const silent = new Set<string>();
  const forgotten: Forgotten[] = [];
  for (const registry of registries) {
    const record = input.isNamed ? undefined : ownerAt(registry);
    if (!input.isNamed && (record === undefined || record.helper !== undefined)) {
      forgotten.push(false);
      continue;
    }
    // One after the other: not every keychain takes two at a time.
    forgotten.push(await forgetOne(host, { path, registry, config, record, silent, dryRun }));
  }
  const gone = registries.filter((_, at) => forgotten[at] === true);
  const written = gone.filter((registry) => isInFile(config, registry));
  if (dryRun) {
    if (written.length > 0) previewDockerConfig(host, removal(path, written));
    return forgotten;
  }
  if (written.length > 0) await saveDockerConfig(host, removal(path, written));
  // A logout that was cut short has left the record alone.
  const isLeft = (registry: string) => input.isNamed && ownerAt(registry)?.helper === undefined;
  const left = registries.filter((registry, at) => forgotten[at] === false && isLeft(registry));
  await forgetRecorded(host, [...gone, ...left].map((registry) => ({ file: path, registry })));
  return forgotten;
}

function removal(path: string, registries: readonly string[]): Parameters<typeof saveDockerConfig>[1] {
  return { path, holdsSecret: false, plan: (now) => registries.flatMap((registry) => logoutEdits(now, registry)) };
}

function isInFile(config: DockerConfig, registry: string): boolean {
  return logoutEdits(config, registry).length > 0;
}

/** The helper that has a login, as far as the file says; one on record may not have got as far as the file. */
function findHelper({ config, registry, record }: ForgetOne): ReturnType<DockerConfig["storeOf"]> {
  const store = config.storeOf(registry);
  if (store === undefined || makesPasswords(store.helper)) return undefined;
  return record === undefined && config.authOf(registry) === undefined ? undefined : store;
}

interface ForgetOne {
  readonly path: string;
  readonly registry: string;
  readonly config: DockerConfig;
  /** What the login must be; undefined where it may be any. */
  readonly record: RecordedLogin | undefined;
  readonly silent: Set<string>;
  readonly dryRun: boolean;
}

async function forgetOne(host: Needs<"run">, input: ForgetOne): Promise<Forgotten> {
  const { config, registry, record, dryRun } = input;
  const store = findHelper(input);
  const auth = config.authOf(registry)?.auth;
  if (store === undefined || auth !== undefined) {
    if (record !== undefined && auth !== undefined && !await isMarked(record, auth)) return "changed";
    if (store === undefined) return isInFile(config, registry);
  }
  // A dry run starts no program: what a helper is said to have counts.
  return dryRun ? true : await eraseFrom(host, { ...input, store });
}

async function eraseFrom(
  host: Needs<"run">,
  { config, record, store, ...asked }: ForgetOne & { readonly store: NonNullable<ReturnType<typeof findHelper>> },
): Promise<Forgotten> {
  try {
    const login = await loginInHelper(host, { ...store, ...asked });
    if (login === undefined) return isInFile(config, asked.registry);
    if (login.user !== ECR_USER) return false;
    if (record !== undefined && !await isMarked(record, login.auth)) return "changed";
    await eraseInHelper(host, { ...store, ...asked });
    return true;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
