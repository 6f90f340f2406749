import { EMPTY_MODEL } from "../auth/model/model.ts";
import { inOrder } from "../config/schema/entry.ts";
import { readAuth } from "../auth/model/read_auth.ts";
import type { LocatedMap, Problem } from "../config/values/located.ts";
import type { Needs } from "../host/host.ts";
import type { ConfigModel } from "./contract/model.ts";

export interface AuthValidation {
  readonly model: ConfigModel;
  /** File by file, from top to bottom. Errors and warnings; empty when all is well. */
  readonly problems: readonly Problem[];
}

/**
 * Reads and checks the auth section of a whole configuration: every problem at once, and a model of all that can be
 * used. Nothing is thrown for what is wrong in the configuration; who needs a broken thing finds it in `model.broken`.
 * Permissions: env, read.
 */
export async function validateAuth(host: Needs<"env" | "read">, root: LocatedMap): Promise<AuthValidation> {
  const auth = root.entries.get("auth")?.value;
  if (auth === undefined) return { model: { ...EMPTY_MODEL, integrations: new Map() }, problems: [] };
  const { globalVariablePowers, globalVariableProblems } = await import("../auth/model/global_variables.ts");
  const { readIntegrations } = await import("./read_integrations.ts");
  const { model, problems } = await readAuth(auth);
  const { integrations, broken, problems: more, powers } = await readIntegrations(host, {
    located: auth,
    identities: model.identities,
  });
  const all = {
    broken: [...model.broken, ...broken],
    problems: inOrder([...problems, ...more, ...globalVariableProblems(root)]),
  };
  const told = all.problems.some(({ unknown }) => unknown !== undefined) ? await withPlaces(all) : all;
  const powersOfAll = [...model.powers, ...powers, ...globalVariablePowers(root)];
  return { model: { ...model, integrations, broken: told.broken, powers: powersOfAll }, problems: told.problems };
}

async function withPlaces({ broken, problems }: {
  readonly broken: ConfigModel["broken"];
  readonly problems: readonly Problem[];
}): Promise<{ readonly broken: ConfigModel["broken"]; readonly problems: readonly Problem[] }> {
  const { brokenWithPlaces, sayWhatBelongsElsewhere } = await import("./belongs_elsewhere.ts");
  return { broken: await brokenWithPlaces(broken), problems: await sayWhatBelongsElsewhere(problems) };
}
