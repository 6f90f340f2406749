import { SILENT_UI } from "../../../auth/flow/login_host.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { refuseInOlderShell } from "../../../auth/login/identity.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import type { RegistryToken } from "../../../aws/ecr/password.ts";
import { type EcrRegistry, registryHost } from "../../../aws/ecr/ecr_registry.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { loadProjectAuth, quietGate } from "../../project/load.ts";
import { findPullIdentity, integrationAt } from "../../ecr/pull_identity.ts";
import { tokenSource } from "../../ecr/token_source.ts";
import type { Globals } from "../../args/global_flags.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { chooseCredentials } from "../../login/choose_credentials.ts";
import { type Claim, listClaims } from "../../login/credential_claims.ts";
import type { Needs } from "../../../host/host.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";

/**
 * A password for a registry, as the identity that atmos.yaml says for it, with what earlier logins have left. No one is
 * asked and no browser is opened: AppError "login-needed" then.
 */
export async function passwordFor(
  host: LoginCommandHost,
  { registry, globals }: { readonly registry: EcrRegistry; readonly globals: Globals },
): Promise<RegistryToken> {
  const { config, model } = await loadProjectAuth(host, globals, quietGate(host, globals));
  const claims = listClaims(host, { globals });
  const claim = await findPuller(host, { model, registry, claims }).catch((error) => {
    throw hintConfigure(registry, error);
  });
  await model.trust.require(claim.kind === "aws" ? [] : integrationAt(model, registry)?.powers ?? []);
  const directory = findDirectoryNamed(config);
  const as = claim.kind === "aws" ? undefined : { model, config, directory, identity: claim.name! };
  const tokenFor = tokenSource(host, {
    profile: undefined,
    obtain: async (target) => {
      const obtained = await credentials(host, { target, ui: SILENT_UI }, CALL_AWS);
      refuseInOlderShell(host, obtained);
      return obtained;
    },
  });
  const names = { host: registryHost(registry), integration: undefined };
  return await tokenFor({ registry, ...names, as, claim, choice: undefined });
}

/**
 * Whose password it is: what a flag says, else the identity of the integration for the registry, else as for every other
 * command. AppErrors of findPullIdentity and chooseCredentials.
 */
async function findPuller(
  host: Needs<never>,
  { model, registry, claims }: {
    readonly model: ConfigModel;
    readonly registry: EcrRegistry;
    readonly claims: readonly Claim[];
  },
): Promise<Claim> {
  const [first] = claims;
  if (first?.by === "--identity" || first?.by === "no identity") return first;
  const integration = integrationAt(model, registry);
  if (integration !== undefined) {
    const preferred = first?.kind === "identity" ? first.name : undefined;
    const name = findPullIdentity(model, { registry, preferred });
    return { kind: "identity", name, by: { integration: integration.name } };
  }
  const load = () => Promise.resolve({ model });
  return (await chooseCredentials(host, { claims, isConfigured: () => Promise.resolve(true), load })).taken;
}

/** Docker has no flags to add: a program of an identity's own is what decides. */
function hintConfigure(registry: EcrRegistry, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== "identity-not-found") return error;
  return error.within({ dockerRegistry: registryHost(registry) });
}
