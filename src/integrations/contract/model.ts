import type { AuthModel } from "../../auth/model/model.ts";
import type { Named } from "../../config/schema/entry.ts";
import type { IntegrationSpec } from "../registry.ts";

export type Integration = IntegrationSpec & Named;

/** The whole auth section, integrations included, without what is broken. */
export interface ConfigModel extends AuthModel {
  readonly integrations: ReadonlyMap<string, Integration>;
}
