import type { AskMfaCode } from "../../aws/credentials/mfa_session.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "./login_command_host.ts";

/** Returns how the code of an AWS profile's MFA device is asked for; undefined without a terminal to type it at. */
export function mfaPrompt(host: LoginCommandHost, globals: Globals): AskMfaCode | undefined {
  if (!host.terminal.isTty.stdin) return undefined;
  return async (device) => {
    const [{ mfaQuestion }, { terminalUi }] = await Promise.all([
      import("../../aws/sts/sts_session.ts"),
      import("./terminal_ui.ts"),
    ]);
    return await terminalUi(host, { globals }).ask(mfaQuestion(device));
  };
}
