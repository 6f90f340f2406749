import * as v from "valibot";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { KEYRING_SPEC } from "../fields.ts";

export interface MemoryKeyring {
  readonly type: "memory";
}

export const kind = defineKind({
  name: "memory",
  summary: "Nothing is kept once the process ends; for tests and CI",
  example: `keyring:
  type: memory
`,
  schema: v.object({ type: ordinary(v.literal("memory")), spec: KEYRING_SPEC }),
  model: ({ type }): MemoryKeyring => ({ type }),
});
