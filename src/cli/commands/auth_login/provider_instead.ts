import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import type { Globals } from "../../args/global_flags.ts";
import { hasInteractiveTerminal } from "../../login/terminal_ui.ts";
import { chooseOne } from "../../prompt/choose_one.ts";

interface InsteadInput {
  readonly model: AuthModel;
  /** The identity that is named on the command line or in ATMOS_IDENTITY. */
  readonly said: string | undefined;
  readonly globals: Pick<Globals, "no-color">;
}

/**
 * The provider to log in with where a configuration has no identities at all: the only one, the only default, or the one
 * that the user chooses; undefined where there is an identity to look for. AppError "identity-not-found" where no terminal is there to ask at.
 */
export async function providerInstead(
  host: Needs<"terminal" | "env" | "sys">,
  { model, said = "", globals }: InsteadInput,
): Promise<string | undefined> {
  const { providers, broken } = model;
  const isLost = broken.some(({ family, name }) => family === "settings" && name === "identities");
  if (said !== "" || isLost || configuredIdentities(model).length > 0) return undefined;
  const [first, ...more] = providers.keys();
  if (more.length === 0) return first;
  const [preferred, ...others] = [...providers.values()].filter(({ isDefault }) => isDefault);
  if (preferred !== undefined && others.length === 0) return preferred.name;
  const among = [...providers.values()].map(({ name, kind }) => ({ name, note: kind }));
  if (!host.terminal.isTty.stdin || !hasInteractiveTerminal(host)) throw makeUndecided(among.map(({ name }) => name));
  const chosen = await chooseOne(host, { question: "No identities are configured. Which provider?", among, globals });
  if (chosen === undefined) throw cancelledByUser("Cancelled: no provider selected");
  return chosen.name;
}

function makeUndecided(names: readonly string[]): AppError {
  const found = "there is no identity to log in as, and no terminal to ask at";
  return new AppError("identity-not-found", `Cannot choose a provider: ${found}`, {
    hint: `Specify one: --provider NAME (${names.join(", ")})`,
  });
}
