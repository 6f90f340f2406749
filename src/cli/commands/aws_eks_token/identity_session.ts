import { resolveAlias } from "../../../auth/model/aliases.ts";
import { AppError } from "../../../errors.ts";
import { nameCommand, remedy } from "../../../remedy.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import type { LoadedAuth } from "../../project/load.ts";
import { SILENT_UI } from "../../../auth/flow/login_host.ts";
import { callSettings, findEndpoint } from "../../../auth/flow/call_settings.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { type ActiveIdentity, refuseInOlderShell } from "../../../auth/login/identity.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { loginWithConfig } from "../../login/login_remedy.ts";
import { rememberPlace } from "./remember_location.ts";
import type { OwnedSession, TokenRequest } from "./session.ts";

function makeNameless(): AppError {
  return new AppError("usage", "Cannot create a token: --identity has no name, and a credential plugin cannot ask", {
    hint: "Specify one: --identity NAME",
  });
}

interface IdentityInput {
  readonly auth: LoadedAuth;
  /** "" for one to choose. */
  readonly identity: string;
  readonly request: TokenRequest;
  /** When the configuration was not read yet. */
  readonly since: number;
}

/**
 * Returns the session of an identity: stored credentials without network, else new ones; the user is asked only where
 * kubectl says that one is there. AppError "login-needed" with the command to type, "usage" without a region, and for
 * `--identity` without a name.
 */
export async function identitySession(
  host: LoginCommandHost,
  { auth: { model, config }, identity, request, since }: IdentityInput,
): Promise<OwnedSession> {
  if (identity === "") throw makeNameless();
  if (request.flags.account !== undefined) refuseAliasOfEntry(model, identity);
  const target = { model, directory: findDirectoryNamed(config), identity };
  const mayAsk = request.interactive && host.terminal.isTty.stdin;
  const ui = mayAsk ? await terminalUiFor(host, request) : SILENT_UI;
  const policy = mayAsk ? { ...CALL_AWS, ask: "if-needed" as const } : CALL_AWS;
  const obtained = await credentials(host, { target, ui }, policy).catch((error) => {
    throw loginWithConfig(error, request.globals);
  });
  refuseInOlderShell(host, obtained);
  const { chain } = obtained;
  const endpointUrl = findEndpoint(chain);
  const region = regionFor(obtained, request);
  const owner = makeOwner(obtained);
  if (!request.flags["no-cache"] && obtained.source.kind === "files") {
    const foundIn = model.found?.files ?? [];
    const hasLogs = model.logs.level !== undefined || model.logs.file !== undefined;
    await rememberPlace(host, { input: request, config, foundIn, obtained, owner, hasLogs, since });
  }
  return { region, settings: callSettings(host, { endpointUrl }), credentials: obtained.credentials, owner };
}

/** An entry that atmos has written has names: one that is another identity's alias by now is not the one it was for. */
function refuseAliasOfEntry(model: LoadedAuth["model"], identity: string): void {
  const other = resolveAlias(model, identity);
  if (other === identity) return;
  const found = `the entry was written for it, and it is an alias of "${other}" now`;
  throw new AppError("identity-not-found", `Cannot use identity "${identity}": ${found}`, {
    hint: remedy`Rewrite the entry: ${nameCommand("aws", "eks", "update-kubeconfig")}`,
  });
}

function makeOwner({ realm, name, fingerprint }: ActiveIdentity): string {
  return JSON.stringify([realm.value, name, fingerprint]);
}

async function terminalUiFor(host: LoginCommandHost, { globals }: TokenRequest) {
  const { terminalUi } = await import("../../login/terminal_ui.ts");
  return terminalUi(host, { globals });
}

function regionFor({ name, region }: ActiveIdentity, { flags }: TokenRequest): string {
  const chosen = flags.region ?? region;
  if (chosen !== undefined) return checkRegion(chosen);
  throw new AppError("usage", `Cannot create a token as identity "${name}": no region is given`, {
    hint: "Specify the cluster's region: --region REGION",
  });
}
