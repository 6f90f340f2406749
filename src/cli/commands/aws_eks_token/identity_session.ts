import { AppError } from "../../../errors.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { evidentIdentity } from "../../../auth/model/select_identity.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import { type ConfigHost, foundDirectory, type LoadedConfig } from "../../../config/load_config.ts";
import type { Needs } from "../../../host/host.ts";
import { authOf, quietGate } from "../../project/load.ts";
import { SILENT_UI } from "../../../auth/flow/login_host.ts";
import { callSettings } from "../../../auth/flow/call_settings.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import type { ActiveIdentity, IdentityTarget } from "../../../auth/login/identity.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { loginWithConfig } from "../../login/login_with_config.ts";
import { rememberPlace } from "./location_cache.ts";
import type { OwnedSession, TokenInput, TokenRequest } from "./session.ts";

/**
 * The identity that the token is for: the one that is named, the default, the only one; undefined where nothing says
 * one: the environment's own AWS credentials are meant then. Errors as for reading the configuration and of
 * evidentIdentity, and "usage" for `--identity` without a name.
 */
export async function tokenIdentity(host: ConfigHost, { globals }: TokenInput): Promise<TokenTarget | undefined> {
  const said = globals.identity;
  if (said === "") throw nameless();
  const { config, model } = await authOf(host, globals, quietGate(host, globals));
  const identity = said ?? evidentIdentity(model);
  if (identity === undefined || isTheShells(host, { model, identity })) return undefined;
  return { model, directory: foundDirectory(config), identity, config };
}

/** In another directory than the configuration's, `atmos auth shell` has made the AWS settings the identity's own. */
function isTheShells(host: Needs<"env">, { model, identity }: { model: AuthModel; identity: string }): boolean {
  return configuredIdentities(model).length === 0 &&
    host.env.get("AWS_PROFILE")?.toLowerCase() === identity.toLowerCase();
}

function nameless(): AppError {
  return new AppError("usage", "Cannot make a token: --identity has no name, and a plugin asks nobody", {
    hint: "Name one: --identity NAME",
  });
}

interface TokenTarget extends IdentityTarget {
  readonly config: LoadedConfig;
}

/**
 * Returns the session of an identity: stored credentials without network, else new ones; the user is asked only where
 * kubectl says that one is there. AppError "login-needed" with the command to type, "usage" without a region.
 */
export async function identitySession(
  host: LoginCommandHost,
  { target, request }: { readonly target: TokenTarget; readonly request: TokenRequest },
): Promise<OwnedSession> {
  const mayAsk = request.interactive && host.terminal.isTty.stdin;
  const ui = mayAsk ? await terminalUiFor(host, request) : SILENT_UI;
  const policy = mayAsk ? { ...CALL_AWS, ask: "if-needed" as const } : CALL_AWS;
  const obtained = await credentials(host, { target, ui }, policy).catch((error) => {
    throw loginWithConfig(error, request.globals);
  });
  const { chain } = obtained;
  const endpointUrl = chain.identities.at(-1)!.endpointUrl ?? chain.provider?.endpointUrl;
  const region = regionFor(obtained, request);
  const owner = ownerOf(obtained);
  if (!request.flags["no-cache"] && obtained.source.kind === "files") {
    await rememberPlace(host, { input: request, config: target.config, obtained, owner });
  }
  return { region, settings: callSettings(host, { endpointUrl }), credentials: obtained.credentials, owner };
}

function ownerOf({ realm, name, fingerprint }: ActiveIdentity): string {
  return JSON.stringify([realm.value, name, fingerprint]);
}

async function terminalUiFor(host: LoginCommandHost, { globals }: TokenRequest) {
  const { terminalUi } = await import("../../login/terminal_ui.ts");
  return terminalUi(host, { globals });
}

function regionFor({ name, region }: ActiveIdentity, { flags }: TokenRequest): string {
  const chosen = flags.region ?? region;
  if (chosen !== undefined) return checkRegion(chosen);
  throw new AppError("usage", `Cannot make a token as identity "${name}": no region is given`, {
    hint: "Give the cluster's: --region REGION",
  });
}
