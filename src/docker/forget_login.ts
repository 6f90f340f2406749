import type { Needs } from "../host/host.ts";
import type { StoreHost } from "../store/replace.ts";
import { eraseInHelper, makesPasswords, userInHelper } from "./docker_credential.ts";
import { ECR_USER, logoutEdits } from "./registry_edits.ts";
import { loadDockerConfig, saveDockerConfig } from "./save.ts";

export interface ForgetInput {
  readonly path: string;
  readonly registry: string;
  /** Tells whether there is something to remove, and removes nothing. */
  readonly dryRun: boolean;
}

/**
 * Takes docker's login at a registry of ECR away, from the file and from the credential helper that keeps it; whether
 * there was one. Logins of other users than AWS stay. AppErrors and permissions as keepLogins.
 */
export async function forgetLogin(host: StoreHost & Needs<"env" | "run">, input: ForgetInput): Promise<boolean> {
  const { path, registry, dryRun } = input;
  const config = loadDockerConfig(host, path);
  const store = config.storeOf(registry);
  const asksHelper = store !== undefined && !makesPasswords(store.helper) && config.authOf(registry) !== undefined;
  // A dry run starts no program: what a helper is said to have counts.
  const user = asksHelper && !dryRun ? await userInHelper(host, { ...store, registry, path }) : undefined;
  if (user !== undefined && user !== ECR_USER) return false;
  const inFile = logoutEdits(config, registry).length > 0;
  if (dryRun) return asksHelper || inFile;
  if (user === undefined && !inFile) return false;
  if (user !== undefined) await eraseInHelper(host, { ...store!, registry, path });
  if (inFile) {
    await saveDockerConfig(host, { path, holdsSecret: false, plan: (now) => logoutEdits(now, registry) });
  }
  return true;
}
