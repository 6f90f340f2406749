import { nameCommand, remedy } from "../../../remedy.ts";
import { globalVariables } from "../../../auth/model/global_variables.ts";
import { AppError } from "../../../errors.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_EXEC_FLAGS } from "./command.ts";
import { handOut, passThrough } from "../../provision/hand_out.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { pickIdentity } from "../../login/select_identity.ts";
import { runAs } from "../../provision/run_as.ts";
import { reportContext, selectContext } from "../../provision/select_context.ts";

/** `atmos auth exec -- COMMAND`: runs a command as an identity, logging in first where there is need to. */
export async function runAuthExec(host: LoginCommandHost, input: Input<typeof AUTH_EXEC_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const [command, ...rest] = args;
  if (command === undefined) throw noCommand();
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  const target = await pickIdentity(host, { globals, auth });
  await requireTrust(target, { hasVariables: true, startsProgram: true, integrations: "all" });
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const obtained = await handOut(host, { target, ui, globals }).catch((error) => passThrough(host, { target, error }));
  const selected = await selectContext(host, { target, obtained, globals, requested: flags.context });
  reportContext(host, { selected, globals });
  const { model, config } = target;
  const variables = globalVariables(config.root);
  return await runAs(host, { model, variables, obtained, selected, globals, command, args: rest, shell: false });
}

function noCommand(): AppError {
  return new AppError("usage", "Cannot run a command: none is given", {
    hint: remedy`Put it after two dashes: ${nameCommand("auth", "exec", "--", "kubectl", "get", "pods")}`,
  });
}
