import type { KindRegistry } from "../../../config/schema/kind.ts";
import type { FileKeyring } from "./file.ts";
import type { MemoryKeyring } from "./memory.ts";
import type { SystemKeyring } from "./system.ts";

export type KeyringSpec = SystemKeyring | FileKeyring | MemoryKeyring;

export const KEYRINGS: KindRegistry<KeyringSpec> = {
  "system": { schema: () => import("./system.ts") },
  "file": { schema: () => import("./file.ts") },
  "memory": { schema: () => import("./memory.ts") },
};
