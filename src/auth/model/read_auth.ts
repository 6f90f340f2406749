import type { Located, Problem } from "../../config/values/located.ts";
import { type Found, NOTHING_FOUND } from "./found_identities.ts";
import { type AuthModel, EMPTY_MODEL } from "./model.ts";

export interface AuthRead {
  readonly model: AuthModel;
  readonly problems: readonly Problem[];
}

/**
 * Reads the auth section: every problem at once, and a model of all that is valid. Nothing is thrown for what is wrong
 * in it. Integrations are left to integrations/read_integrations.ts.
 */
export async function readAuth(auth: Located | undefined, found: Found = NOTHING_FOUND): Promise<AuthRead> {
  if (auth === undefined) return { model: EMPTY_MODEL, problems: [] };
  const { readSections } = await import("./read_sections.ts");
  return await readSections(auth, found);
}
