import type { Secret } from "../../../../secret.ts";
import type { OpenKeyring } from "../../../keyring/keyring.ts";
import type { MemoryKeyring } from "./schema.ts";

/** Empty whenever it is opened. */
export const open: OpenKeyring<MemoryKeyring> = () => {
  const kept = new Map<string, Secret>();
  return {
    title: "memory",
    get: (name) => Promise.resolve(kept.get(name)),
    set: (name, value) => Promise.resolve(void kept.set(name, value)),
    remove: (name) => Promise.resolve(kept.delete(name)),
  };
};
