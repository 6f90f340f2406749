import type { Needs } from "../../host/host.ts";
import type { StoreHost } from "../../store/replace.ts";
import { removeStoredCredentials } from "../files/credential_file_write.ts";
import { credentialPlace } from "../files/credential_file_place.ts";
import type { FileProblem } from "../files/file_problem.ts";
import { listPlaces } from "../files/own_places.ts";
import { recordLogout } from "../../store/state/recent_logouts.ts";
import { describeLogout } from "./logout_scope.ts";
import type { AuthModel, Identity } from "../model/model.ts";
import { listValidChains } from "./logout_selection.ts";

interface UserSessionsInput {
  readonly model: AuthModel;
  readonly realm: string;
  /** Whose access keys have been replaced. */
  readonly identity: Identity;
}

/**
 * Removes what logins with a user's former access keys have stored, also for the roles that continue from the user, and
 * lets those that are under way store nothing; returns what could not be removed. Permissions: env, read, write, sys, clock.
 */
export async function forgetUserSessions(
  host: StoreHost & Needs<"env" | "clock">,
  { model, realm, identity }: UserSessionsInput,
): Promise<readonly FileProblem[]> {
  const chains = listValidChains(model).filter(({ identities }) => identities[0] === identity);
  const places = chains.flatMap((chain) => credentialPlace(host, { realm, chain }) ?? []);
  await recordLogout(host, places.map(describeLogout));
  const problems: FileProblem[] = [];
  for (const place of places.flatMap((one) => listPlaces(host, one))) {
    problems.push(...await removeStoredCredentials(host, place));
  }
  return problems;
}
