import * as v from "valibot";
import { flag } from "../../auth/kinds/fields.ts";
import type { Via } from "../../auth/kinds/via.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { ordinary } from "../../config/schema/trust_class.ts";
import type { Named } from "../../config/schema/entry.ts";

/** What the `spec` of every kind of integration may say. */
export const SPEC_FIELDS = {
  auto_provision: v.optional(ordinary(flag("provision it on every login of its identity (default: true)"))),
};

/** What integrations of every kind have; each kind's folder can tell its own. */
export interface IntegrationBase {
  readonly kind: string;
  readonly via: Via;
  readonly autoProvision: boolean;
}

export type Integration = IntegrationBase & Named & {
  /** The files that say something of it; none where a YAML function has made it. */
  readonly definedIn?: readonly string[];
};

/** The whole auth section, integrations included, without what is broken. */
export interface ConfigModel extends AuthModel {
  readonly integrations: ReadonlyMap<string, Integration>;
}
