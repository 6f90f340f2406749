import type { LogoutSelection } from "../../../auth/logout/logout_selection.ts";
import type { AuthModel } from "../../../auth/model/model.ts";
import type { Needs } from "../../../host/host.ts";
import { chosenIdentity } from "../../login/chosen_identity.ts";
import { checkOneSelection } from "../../login/one_selection.ts";
import type { LogoutInput } from "./logout_input.ts";

/** What the command line selects. AppError "usage" for two selections, those of chosenIdentity for none. */
export async function selectionOf(
  host: Needs<"env" | "terminal" | "sys">,
  { input, model }: { readonly input: LogoutInput; readonly model: AuthModel },
): Promise<LogoutSelection> {
  const { flags, globals, args: [argument] } = input;
  const wider = widerOf(flags);
  checkOneSelection(host, { doing: "log out of", command: "auth logout", argument, globals, wider: wider?.typed });
  if (wider !== undefined) return wider.selection;
  return { kind: "identity", name: await chosenIdentity(host, { model, argument, globals }) };
}

interface Wider {
  readonly typed: string;
  readonly selection: LogoutSelection;
}

function widerOf({ all, provider, tags }: LogoutInput["flags"]): Wider | undefined {
  if (all) return { typed: "--all", selection: { kind: "all" } };
  if (tags.length > 0) return { typed: `--tags ${tags.join(",")}`, selection: { kind: "tags", tags } };
  if (provider === undefined) return undefined;
  return { typed: `--provider ${provider}`, selection: { kind: "provider", name: provider } };
}
