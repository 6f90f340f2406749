import type { KeyringSpec } from "../kinds/keyrings/registry.ts";
import type { OpenKind } from "./keyring.ts";

/** How each kind of keyring is opened. */
export const OPENERS: {
  readonly [Type in KeyringSpec["type"]]: () => Promise<{ readonly open: OpenKind<Type> }>;
} = {
  "system": () => import("./system_keyring.ts"),
  "file": () => import("./file_keyring.ts"),
  "memory": () => import("./memory_keyring.ts"),
};
