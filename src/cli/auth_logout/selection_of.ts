import type { LogoutSelection } from "../../auth/logout_selection.ts";
import type { AuthModel } from "../../auth/model.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { chosenIdentity } from "../login/chosen_identity.ts";
import type { LogoutInput } from "./logout_input.ts";

/** What the command line selects. AppError "usage" for two selections, those of chosenIdentity for none. */
export async function selectionOf(
  host: Needs<"env" | "terminal" | "sys">,
  { input, model }: { readonly input: LogoutInput; readonly model: AuthModel },
): Promise<LogoutSelection> {
  const { flags, globals, args: [argument] } = input;
  const typed = typedIdentity(host, input);
  const named = argument ?? typed;
  const wider = flags.all ? "--all" : flags.provider === undefined ? undefined : `--provider ${flags.provider}`;
  if (wider !== undefined && named !== undefined) throw conflict(`identity "${named}"`, wider);
  if (argument !== undefined && typed !== undefined && argument.toLowerCase() !== typed.toLowerCase()) {
    throw conflict(`identity "${argument}"`, `--identity ${typed}`);
  }
  if (flags.all) return { kind: "all" };
  if (flags.provider !== undefined) return { kind: "provider", name: flags.provider };
  return { kind: "identity", name: await chosenIdentity(host, { model, argument, globals }) };
}

/** ATMOS_IDENTITY is for every command, so it is no selection that another one could contradict. */
function typedIdentity(host: Needs<"env">, { globals }: LogoutInput): string | undefined {
  return globals.identity === host.env.get("ATMOS_IDENTITY") ? undefined : globals.identity;
}

function conflict(one: string, other: string): AppError {
  return new AppError("usage", `Cannot log out of ${one} with ${other}: they select different things`, {
    hint: "Leave one of them out. Run: atmos auth logout --help",
  });
}
