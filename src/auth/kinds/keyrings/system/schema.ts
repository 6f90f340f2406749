import * as v from "valibot";
import { defineKind } from "../../../../config/schema/kind.ts";
import { ordinary } from "../../../../config/schema/trust_class.ts";
import { choice } from "../../fields.ts";
import { KEYRING_SPEC } from "../fields.ts";

export interface SystemKeyring {
  readonly type: "system";
}

export const kind = defineKind({
  name: "system",
  summary: "The keychain of the operating system (default)",
  example: `keyring:
  type: system
`,
  schema: v.object({
    type: v.optional(ordinary(choice(["system"], "which keyring (default: system)")), "system"),
    spec: KEYRING_SPEC,
  }),
  model: ({ type }): SystemKeyring => ({ type }),
});
