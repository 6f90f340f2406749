import { withBorrowedIntegrations } from "./borrowed_integrations.ts";
import { entrySources } from "../auth/model/entry_sources.ts";
import { EMPTY_MODEL } from "../auth/model/model.ts";
import { inOrder } from "../config/schema/entry.ts";
import { withFoundIdentities } from "../auth/model/found_identities.ts";
import { readAuth } from "../auth/model/read_auth.ts";
import type { LocatedMap, Problem } from "../config/values/located.ts";
import type { Needs } from "../host/host.ts";
import type { ConfigModel } from "./contract/model.ts";

export interface AuthValidation {
  readonly model: ConfigModel;
  /** The configuration with the identities that logins have found. */
  readonly root: LocatedMap;
  /** File by file, from top to bottom. Errors and warnings; empty when all is well. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks the auth section of a whole configuration: every problem at once, and a model of all that can be
 * used. Nothing is thrown for what is wrong in the configuration; who needs a broken thing finds it in `model.broken`.
 * Permissions: env, read, sys.
 */
export async function validateAuth(
  host: Needs<"env" | "read" | "sys">,
  written: LocatedMap,
): Promise<AuthValidation> {
  if (!written.entries.has("auth")) {
    return { model: { ...EMPTY_MODEL, integrations: new Map() }, root: written, problems: [] };
  }
  const { root, found } = await withFoundIdentities(host, written);
  const auth = root.entries.get("auth")!.value;
  const { globalVariablePowers, globalVariableProblems } = await import("../auth/model/global_variables.ts");
  const { readIntegrations } = await import("./read_integrations.ts");
  const { model, problems } = await readAuth(auth, found);
  const { integrations, broken, problems: more, powers } = await readIntegrations(host, {
    located: auth,
    identities: model.identities,
    found,
  });
  const all = {
    broken: [...model.broken, ...broken],
    problems: inOrder([...problems, ...more, ...globalVariableProblems(root)]),
  };
  const told = all.problems.some(({ unknown }) => unknown !== undefined) ? await withPlaces(all) : all;
  const sources = entrySources(root);
  const linked = { identities: model.identities, integrations };
  const { identities, powers: borrowed } = withBorrowedIntegrations(linked, sources);
  const powersOfAll = [...model.powers, ...borrowed, ...powers, ...globalVariablePowers(root)];
  const whole = { ...model, identities, integrations, broken: told.broken, powers: powersOfAll };
  return { model: whole, root, problems: told.problems };
}

async function withPlaces({ broken, problems }: {
  readonly broken: ConfigModel["broken"];
  readonly problems: readonly Problem[];
}): Promise<{ readonly broken: ConfigModel["broken"]; readonly problems: readonly Problem[] }> {
  const { brokenWithPlaces, sayWhatBelongsElsewhere } = await import("./belongs_elsewhere.ts");
  return { broken: await brokenWithPlaces(broken), problems: await sayWhatBelongsElsewhere(problems) };
}
