import type { AuthModel } from "../../../auth/model/model.ts";
import { selectIdentity } from "../../../auth/model/select_identity.ts";
import { type ConfigHost } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { authOf } from "../../project/load.ts";
import type { TokenTarget } from "./identity_session.ts";
import type { TokenInput } from "./token_input.ts";

/**
 * The identity that the token is for: the one that is named, the default, the only one; undefined where nothing says
 * one: the environment's own AWS credentials are meant then. Errors as for reading the configuration, and "usage" for
 * `--identity` without a name.
 */
export async function tokenIdentity(host: ConfigHost, { globals }: TokenInput): Promise<TokenTarget | undefined> {
  const said = globals.identity;
  if (said === "") throw nameless();
  const { config, model } = await authOf(host, globals);
  const identity = said ?? selected(model);
  if (identity === undefined || isTheShells(host, { model, identity })) return undefined;
  return { model, directory: config.files.length === 0 ? undefined : config.directory, identity, config };
}

function selected(model: AuthModel): string | undefined {
  try {
    const selection = selectIdentity(model, { said: undefined, interactive: false });
    return selection.kind === "named" ? selection.name : undefined;
  } catch (error) {
    if (error instanceof AppError && UNDECIDED.has(error.code)) return undefined;
    throw error;
  }
}

const UNDECIDED: ReadonlySet<string> = new Set(["identity-not-found", "config-not-found"]);

/** In another directory than the configuration's, `atmos auth shell` has made the AWS settings the identity's own. */
function isTheShells(host: Needs<"env">, { model, identity }: { model: AuthModel; identity: string }): boolean {
  return model.identities.size === 0 && host.env.get("AWS_PROFILE")?.toLowerCase() === identity.toLowerCase();
}

function nameless(): AppError {
  return new AppError("usage", "Cannot make a token: --identity has no name, and a plugin asks nobody", {
    hint: "Name one: --identity NAME",
  });
}
