import { SILENT_UI } from "../../../auth/flow/login_host.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import type { RegistryToken } from "../../../aws/ecr/password.ts";
import { type EcrRegistry, registryHost } from "../../../aws/ecr/ecr_registry.ts";
import { foundDirectory } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import { authOf, quietGate } from "../../project/load.ts";
import { pullerOf } from "../../ecr/puller_of.ts";
import { tokenSource } from "../../ecr/token_source.ts";
import { type Globals, isWithoutIdentity } from "../../args/global_flags.ts";
import type { Needs } from "../../../host/host.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { typedIdentity } from "../../login/select_identity.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";

/**
 * A password for a registry, as the identity that atmos.yaml says for it, with what earlier logins have left. Nobody is
 * asked and no browser is opened: AppError "login-needed" then.
 */
export async function passwordFor(
  host: LoginCommandHost,
  { registry, globals }: { readonly registry: EcrRegistry; readonly globals: Globals },
): Promise<RegistryToken> {
  const { config, model } = await authOf(host, globals, quietGate(host, globals));
  const identity = isWithoutIdentity(globals) ? undefined : puller(host, { model, registry, globals });
  const directory = foundDirectory(config);
  const as = identity === undefined ? undefined : { model, directory, identity };
  const tokenFor = tokenSource(host, {
    profile: undefined,
    obtain: (target) => credentials(host, { target, ui: SILENT_UI }, CALL_AWS),
  });
  return await tokenFor({ registry, host: registryHost(registry), integration: undefined, as });
}

/** The flag's, else that of atmos.yaml; ATMOS_IDENTITY is for what it leaves open. AppErrors of pullerOf. */
function puller(
  host: Needs<"env">,
  { model, registry, globals }: {
    readonly model: ConfigModel;
    readonly registry: EcrRegistry;
    readonly globals: Globals;
  },
): string | undefined {
  const flag = typedIdentity(host, globals);
  const preferred = flag === undefined ? globals.identity : undefined;
  return flag ?? namedOrHinted(registry, () => pullerOf(model, { registry, preferred }));
}

/** Who is asked by docker has no flags to add: a program of one identity's own is what decides. */
function namedOrHinted(registry: EcrRegistry, find: () => string | undefined): string | undefined {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "identity-not-found") throw error;
    const { code, message, hint = "" } = error;
    const flags = `atmos aws ecr configure --registry ${registryHost(registry)} --identity NAME`;
    throw new AppError(code, message, { hint: hint.replace("--identity NAME", flags) });
  }
}
