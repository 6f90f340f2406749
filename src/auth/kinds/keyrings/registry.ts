import type { SchemaHalf, Specs } from "../../../config/schema/kind.ts";
import type { Keyring, KeyringHost, KeyringSetting, OpenKeyring } from "../../keyring/keyring.ts";

/** `open`: how a keyring of the kind is opened. */
interface Halves<Spec> extends SchemaHalf<Spec> {
  readonly open: () => Promise<{ readonly open: OpenKeyring<Spec> }>;
}

/** The halves of one kind, which must fit together. */
function halves<Spec>(both: Halves<Spec>): Halves<Spec> {
  return both;
}

/** A new kind is a folder and one entry. */
export const KEYRINGS = {
  "system": halves({
    calledElsewhere: [
      "os",
      "keychain",
      "keyring",
      "macos",
      "wincred",
      "windows",
      "secret-service",
      "libsecret",
      "kwallet",
      "native",
      "default",
    ],
    schema: () => import("./system/schema.ts"),
    open: () => import("./system/open.ts"),
  }),
  "file": halves({
    calledElsewhere: ["disk", "encrypted", "encrypted-file", "local", "pass"],
    schema: () => import("./file/schema.ts"),
    open: () => import("./file/open.ts"),
  }),
  "memory": halves({
    calledElsewhere: ["mem", "ram", "in-memory", "none", "off", "noop", "no-op"],
    schema: () => import("./memory/schema.ts"),
    open: () => import("./memory/open.ts"),
  }),
} as const;

export type KeyringSpec = Specs<typeof KEYRINGS>;

/**
 * The keyring that is configured, with names of its realm alone: identities, upper and lower case being the same.
 * Permissions: env, and read, write, sys for files, run for the system's keychain.
 */
export async function openKeyring(
  host: KeyringHost,
  { configured, realm, ui }: KeyringSetting<KeyringSpec> & { readonly realm: string },
): Promise<Keyring> {
  // The registry has the function of that very kind, which the compiler cannot see.
  const open = (await KEYRINGS[configured.type].open()).open as OpenKeyring<KeyringSpec>;
  const { title, get, set, remove } = await open(host, { configured, ui });
  const full = (name: string) => nameEntry(realm, name);
  return {
    title,
    get: (name) => get(full(name)),
    set: (name, value) => set(full(name), value),
    remove: (name) => remove(full(name)),
  };
}

/**
 * Returns the name of an identity's entry: as the Go atmos names them, so that both find what the other has kept; but for a realm that has the separator itself:
 * "acme_prod" and "root" would be "acme" and "prod_root". No realm has a dot.
 */
export function nameEntry(realm: string, name: string): string {
  return `atmos_${realm.replaceAll("_", ".")}_${name.toLowerCase()}`;
}
