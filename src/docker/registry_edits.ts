import type { JsonEdit } from "../formats/json/edit.ts";
import { type DockerConfig, SECRET_KEYS } from "./docker_config.ts";

/** The user of every ECR login. */
export const ECR_USER = "AWS";

interface StoredLogin {
  readonly registry: string;
  /** base64 of "user:password"; undefined when a credential helper has it. */
  readonly auth: string | undefined;
}

/** What `docker login` would change: the password, or an empty entry for a helper's; other keys of the entry stay. */
export function loginEdits(config: DockerConfig, { registry, auth }: StoredLogin): readonly JsonEdit[] {
  const at = [config.keyOf("auths"), registry];
  const entry = config.authOf(registry);
  const others = (entry?.keys ?? []).filter((key) =>
    SECRET_KEYS.includes(key) && (key !== "auth" || auth === undefined)
  );
  const removed = others.map((key): JsonEdit => ({ path: [...at, key], value: undefined }));
  if (auth !== undefined) return [...removed, { path: [...at, "auth"], value: auth }];
  return entry === undefined ? [{ path: at, value: {} }] : removed;
}

/** Takes a login at ECR out, with its entry where nothing else is in that. Someone else's login stays. */
export function logoutEdits(config: DockerConfig, registry: string): readonly JsonEdit[] {
  const at = [config.keyOf("auths"), registry];
  const entry = config.authOf(registry);
  if (entry === undefined || (entry.user !== ECR_USER && entry.keys.length > 0)) return [];
  const foreign = entry.keys.filter((key) => !SECRET_KEYS.includes(key));
  if (foreign.length === 0) return [{ path: at, value: undefined }];
  return entry.keys.filter((key) => !foreign.includes(key)).map((key) => ({ path: [...at, key], value: undefined }));
}

/** Has docker ask a helper for the registry; a password that the file itself has for ECR is taken out. */
export function helperEdits(
  config: DockerConfig,
  { registry, helper }: { readonly registry: string; readonly helper: string },
): readonly JsonEdit[] {
  return [...logoutEdits(config, registry), { path: [config.keyOf("credHelpers"), registry], value: helper }];
}

/** Has docker ask the former program for the registry, or none in particular. */
export function helperRemoval(
  config: DockerConfig,
  { registry, former }: { readonly registry: string; readonly former: string | undefined },
): JsonEdit {
  return { path: [config.keyOf("credHelpers"), registry], value: former };
}
