import type { KeyringSpec } from "../kinds/keyrings/registry.ts";
import type { Keyring, KeyringHost, KeyringSetting, OpenKind } from "./keyring.ts";
import { OPENERS } from "./registry.ts";

export interface KeyringInput extends KeyringSetting<KeyringSpec> {
  readonly realm: string;
}

/**
 * The keyring that is configured, with names of its realm alone: identities, upper and lower case being the same.
 * Permissions: env, and read, write, sys for files, run for the system's keychain.
 */
export async function openKeyring(host: KeyringHost, { configured, realm, ui }: KeyringInput): Promise<Keyring> {
  // The registry has the function of that very kind, which the compiler cannot see.
  const open = (await OPENERS[configured.type]()).open as OpenKind<KeyringSpec["type"]>;
  const { title, get, set, remove } = await open(host, { configured, ui });
  // As the Go atmos names them, so that both find what the other has kept.
  const full = (name: string) => `atmos_${realm}_${name.toLowerCase()}`;
  return {
    title,
    get: (name) => get(full(name)),
    set: (name, value) => set(full(name), value),
    remove: (name) => remove(full(name)),
  };
}
