import type { AuthModel } from "../../auth/model/model.ts";
import type { Named } from "../../config/schema/entry.ts";
import type { IntegrationBase } from "./fields.ts";

/** An integration of any kind: each kind's folder can tell its own. */
export interface IntegrationSpec extends IntegrationBase {
  readonly kind: string;
}

export type Integration = IntegrationSpec & Named;

/** The whole auth section, integrations included, without what is broken. */
export interface ConfigModel extends AuthModel {
  readonly integrations: ReadonlyMap<string, Integration>;
}
