import { AppError } from "../errors.ts";
import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import type { DockerConfig } from "./docker_config.ts";
import { eraseInHelper, makesPasswords, userInHelper } from "./docker_credential.ts";
import { forgetRecorded } from "./login_record.ts";
import { ECR_USER, logoutEdits } from "./registry_edits.ts";
import { loadDockerConfig, previewDockerConfig, saveDockerConfig } from "./save.ts";

interface ForgetInput {
  readonly path: string;
  readonly registries: readonly string[];
  /** Tells whether there is something to remove, and removes nothing. */
  readonly dryRun: boolean;
}

/** Whether there was a login, or why it could not be taken away. */
type Forgotten = boolean | AppError;

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
  // A dry run starts no program: what a helper is said to have counts.
  if (dryRun) {
    const written = registries.filter((one) => isInFile(config, one));
    if (written.length > 0) previewDockerConfig(host, removal(path, written));
    return registries.map((one) => helperOf(config, one) !== undefined || isInFile(config, one));
  }
  // One after the other: not every keychain takes two at a time.
  const asked: (Erased | AppError)[] = [];
  const silent = new Set<string>();
  for (const registry of registries) asked.push(await askHelper(host, { path, registry, config, silent }));
  const forgotten = registries.map((registry, at): Forgotten => {
    const one = asked[at]!;
    if (one instanceof AppError || one === "another's") return one instanceof AppError ? one : false;
    return one === "erased" || isInFile(config, registry);
  });
  const written = registries.filter((registry, at) => forgotten[at] === true && isInFile(config, registry));
  if (written.length > 0) await saveDockerConfig(host, removal(path, written));
  const gone = registries.filter((_, at) => forgotten[at] === true);
  await forgetRecorded(host, gone.map((registry) => ({ file: path, registry })));
  return forgotten;
}

function removal(path: string, registries: readonly string[]): Parameters<typeof saveDockerConfig>[1] {
  return { path, holdsSecret: false, plan: (now) => registries.flatMap((registry) => logoutEdits(now, registry)) };
}

function isInFile(config: DockerConfig, registry: string): boolean {
  return logoutEdits(config, registry).length > 0;
}

/** The helper that has a login, as far as the file says. */
function helperOf(config: DockerConfig, registry: string): ReturnType<DockerConfig["storeOf"]> {
  const store = config.storeOf(registry);
  if (store === undefined || makesPasswords(store.helper)) return undefined;
  return config.authOf(registry) === undefined ? undefined : store;
}

type Erased = "erased" | "nothing" | "another's";

async function askHelper(
  host: Needs<"run">,
  { config, ...asked }: {
    readonly path: string;
    readonly registry: string;
    readonly config: DockerConfig;
    readonly silent: Set<string>;
  },
): Promise<Erased | AppError> {
  const store = helperOf(config, asked.registry);
  if (store === undefined) return "nothing";
  try {
    const user = await userInHelper(host, { ...store, ...asked });
    if (user === undefined) return "nothing";
    if (user !== ECR_USER) return "another's";
    await eraseInHelper(host, { ...store, ...asked });
    return "erased";
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
