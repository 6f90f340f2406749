import { isRegularFile } from "../../../config/files/file_checks.ts";
import { globalVariables } from "../../../auth/model/global_variables.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_SHELL_FLAGS } from "./command.ts";
import { handOut, passThrough } from "../../provision/hand_out.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { pickIdentity } from "../../login/select_identity.ts";
import { printable } from "../../output/text.ts";
import { entryLine, nameWithProvider } from "./entry_line.ts";
import { runAs } from "../../provision/run_as.ts";
import { reportContext, selectContext } from "../../provision/select_context.ts";

/** `atmos auth shell`: a shell as an identity, logging in first where there is need to. */
export async function runAuthShell(host: LoginCommandHost, input: Input<typeof AUTH_SHELL_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  const target = await pickIdentity(host, { globals, auth });
  await requireTrust(target, { hasVariables: true, startsProgram: true, integrations: "all" });
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const obtained = await handOut(host, { target, ui, globals }).catch((error) => passThrough(host, { target, error }));
  const selected = await selectContext(host, { target, obtained, globals, requested: flags.context });
  const command = flags.shell ?? (host.sys.os === "windows" ? host.env.get("COMSPEC") ?? "cmd.exe" : firstShell(host));
  const login = args.length === 0 && host.sys.os !== "windows" ? ["-l"] : args;
  host.terminal.err(entryLine(host, { obtained, selected }));
  if (!selected.isChosen) reportContext(host, { selected, globals });
  const status = await runAs(host, {
    model: target.model,
    variables: globalVariables(target.config.root),
    obtained,
    selected,
    globals,
    command,
    args: login,
    shell: true,
  });
  host.terminal.err(`← Exited Atmos shell for identity: ${printable(nameWithProvider(obtained))}\n`);
  return status;
}

function firstShell(host: Needs<"read">): string {
  return ["/bin/bash", "/usr/bin/bash"].find((path) => isRegularFile(host, path)) ?? "/bin/sh";
}
