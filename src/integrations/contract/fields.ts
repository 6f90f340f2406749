import * as v from "valibot";
import { flag } from "../../auth/kinds/fields.ts";
import type { Via } from "../../auth/kinds/via.ts";

/** What the `spec` of every kind of integration may say. */
export const SPEC_FIELDS = {
  auto_provision: v.optional(flag("make it ready on every login of its identity; true when absent")),
};

export interface IntegrationBase {
  readonly via: Via;
  readonly autoProvision: boolean;
}
