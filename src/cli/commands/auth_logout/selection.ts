import { formatCommaItem } from "../../../formats/text/comma_list.ts";
import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import { AppError, cancelledByUser } from "../../../errors.ts";
import { type AskHost, identityOptions } from "../../login/ask_identity.ts";
import { askForIdentity, checkOneSelection } from "../../login/select_identity.ts";
import { hasInteractiveTerminal } from "../../login/terminal_ui.ts";
import { chooseOne } from "../../prompt/choose_one.ts";
import type { LogoutInput } from "./plan_text.ts";

/**
 * Returns what the command line selects; where it names nothing, and ATMOS_IDENTITY does not either, what the user
 * chooses: the default is what others go on working with. AppError "usage" for two selections, and for none without a
 * terminal; those of askForIdentity.
 */
export async function readSelection(
  host: AskHost,
  { input, model, directory }: {
    readonly input: LogoutInput;
    readonly model: AuthModel;
    readonly directory: string | undefined;
  },
): Promise<LogoutSelection> {
  const { flags, globals, args: [argument] } = input;
  const wider = readWiderSelection(flags);
  checkOneSelection(host, { doing: "log out of", command: "auth logout", argument, globals, wider: wider?.typed });
  if (wider !== undefined) return wider.selection;
  const isNamed = argument !== undefined || globals.identity !== undefined;
  const choices = isNamed ? [] : await choicesIn(host, { model, directory });
  if (choices.length === 0) {
    return { kind: "identity", name: await askForIdentity(host, { model, directory, argument, globals }) };
  }
  if (!host.terminal.isTty.stdin || !hasInteractiveTerminal(host)) throw makeUndecided(model);
  const chosen = await chooseOne(host, { question: "Log out of what?", among: choices, globals });
  if (chosen === undefined) throw cancelledByUser("Cancelled: nothing selected");
  return choices.find((one) => one.name === chosen.name && one.note === chosen.note)!.selection;
}

interface Choice {
  readonly name: string;
  readonly note: string;
  readonly selection: LogoutSelection;
}

/** Every identity, every provider, and all; none where there is neither. */
async function choicesIn(
  host: AskHost,
  { model, directory }: { readonly model: AuthModel; readonly directory: string | undefined },
): Promise<readonly Choice[]> {
  const options = await identityOptions(host, { model, directory, among: configuredIdentities(model) });
  const identities = options.map(({ name, note }): Choice => ({
    name,
    note: `identity, ${note}`,
    selection: { kind: "identity", name },
  }));
  const providers = [...model.providers.values()].map(({ name }): Choice => ({
    name,
    note: "provider, with all identities reached through it",
    selection: { kind: "provider", name },
  }));
  const named = [...identities, ...providers];
  if (named.length === 0) return [];
  return [...named, { name: "all", note: "everything of this realm", selection: { kind: "all" } }];
}

const MOST_NAMES = 8;

function makeUndecided(model: AuthModel): AppError {
  const names = configuredIdentities(model).map(({ name }) => name);
  const shown = names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ", …" : "");
  const found = "no identity or provider was given, and there is no terminal to ask at";
  return new AppError("usage", `Cannot log out: ${found}`, {
    hint: `Specify an identity${shown === "" ? "" : ` (${shown})`}, or use --provider NAME, --tags TAGS or --all`,
  });
}

interface Wider {
  readonly typed: string;
  readonly selection: LogoutSelection;
}

function readWiderSelection(flags: LogoutInput["flags"]): Wider | undefined {
  const { all, provider, tags } = flags;
  if (flags["all-realms"]) return { typed: "--all-realms", selection: { kind: "all-realms" } };
  if (all) return { typed: "--all", selection: { kind: "all" } };
  if (tags.length > 0) {
    return { typed: `--tags ${tags.map(formatCommaItem).join(",")}`, selection: { kind: "tags", tags } };
  }
  if (provider === undefined) return undefined;
  return { typed: `--provider ${provider}`, selection: { kind: "provider", name: provider } };
}
