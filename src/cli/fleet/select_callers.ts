import { joinLines, nameCommand, remedy, SET_UP } from "../../remedy.ts";
import { HAND_OUT } from "../../auth/login/policies.ts";
import { buildChain } from "../../auth/model/chain.ts";
import { configuredIdentities } from "../../auth/model/configured_identities.ts";
import { credentialPowers } from "../../auth/model/used_powers.ts";
import { AppError } from "../../errors.ts";
import { usageError } from "../args/usage_error.ts";
import type { Globals } from "../args/global_flags.ts";
import { type Choice, chooseCredentials } from "../login/choose_credentials.ts";
import { listClaims } from "../login/credential_claims.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import { findRequestedIdentity, findTypedIdentity } from "../login/select_identity.ts";
import { terminalUi } from "../login/terminal_ui.ts";
import { hasConfiguration } from "../project/has_configuration.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../project/load.ts";
import { trustGate } from "../project/trust_question.ts";
import { callAsAll, callAsIdentity, callAsProfile, type Callers } from "./fleet_callers.ts";

interface SelectCallersInput {
  readonly globals: Globals;
  /** `--all-identities`. */
  readonly isAll: boolean;
  /** `--profile`. */
  readonly profile: string | undefined;
  /** One of those to look in, where AWS is asked who the caller is. */
  readonly region: string | undefined;
  /** `--all-regions`. */
  readonly isAnyRegion: boolean;
  /** Why the credentials of no identity do not do. */
  readonly refusal?: AppError;
}

export interface SelectedCallers extends Callers {
  /** The configuration, where it was read. */
  readonly auth: LoadedAuth | undefined;
  /** Whose credentials they are; undefined for those of all identities. */
  readonly choice: Choice<unknown> | undefined;
}

/**
 * Returns whose accounts a command looks at: those of all identities, or the one that flags, variables and atmos.yaml
 * say, in the order that all commands have. AppErrors of a login, and "usage" for flags that do not go together.
 */
export async function selectCallers(host: LoginCommandHost, input: SelectCallersInput): Promise<SelectedCallers> {
  const { globals, isAll, profile } = input;
  if (!isAll) return await selectOne(host, input);
  const other = profile !== undefined
    ? "--profile"
    : findTypedIdentity(host, globals) !== undefined
    ? "--identity"
    : undefined;
  if (other !== undefined) {
    const found = "they exclude each other";
    throw usageError({ what: `--all-identities with ${other}`, found, hint: "Use one of them" });
  }
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  reportWarnings(host, { problems: auth.problems, globals });
  if (configuredIdentities(auth.model).length === 0) throw noIdentities();
  await requireTrustInAll(auth);
  return { ...await callAsAll(host, { auth, ui: terminalUi(host, { globals }) }), auth, choice: undefined };
}

function noIdentities(): AppError {
  return new AppError("identity-not-found", "Cannot list clusters of all identities: atmos.yaml defines none", {
    hint: joinLines([SET_UP, remedy`List the clusters that the AWS CLI can see: ${nameCommand("aws", "eks", "list")}`]),
  });
}

/** Asks at once for the trust that every usable identity needs. */
async function requireTrustInAll({ model }: LoadedAuth): Promise<void> {
  const powers = configuredIdentities(model).flatMap(({ name }) => {
    try {
      return credentialPowers(model, buildChain(model, name));
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
  await model.trust.require(powers);
}

async function selectOne(host: LoginCommandHost, input: SelectCallersInput): Promise<SelectedCallers> {
  const { globals, profile, region, refusal } = input;
  const claims = listClaims(host, { globals, profile });
  const isConfigured = () => Promise.resolve(hasConfiguration(host, globals));
  const load = () => loadProjectAuth(host, globals, trustGate(host, globals));
  const choice = await chooseCredentials(host, { claims, isConfigured, load });
  const { taken: claim, auth } = choice;
  try {
    if (claim.kind === "aws" || auth === undefined) {
      if (refusal !== undefined) throw refusal;
      return {
        callers: [await callAsProfile(host, { profile, region, isAnyRegion: input.isAnyRegion, globals, claim })],
        failures: [],
        auth,
        choice,
      };
    }
    const { identity } = await findRequestedIdentity(host, { globals, auth, claim });
    const as = { auth, claim, name: identity, policy: HAND_OUT, ui: terminalUi(host, { globals }) };
    return { callers: [await callAsIdentity(host, as)], failures: [], auth, choice };
  } catch (error) {
    throw nameCredentials(error, { claim, model: auth?.model, among: choice.among });
  }
}
