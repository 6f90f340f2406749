import { noninteractive } from "../../../auth/flow/login_host.ts";
import { obtainCredentials, type Obtained, type Target } from "../../../auth/login/obtain.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_WHOAMI_FLAGS } from "./command.ts";
import type { Globals } from "../../args/global_flags.ts";
import { linkedFiles } from "../../provision/linked_files.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { variablesOf } from "../../provision/environment.ts";
import { wantedIdentity } from "../../login/wanted_identity.ts";
import { paintFor } from "../../output/paint.ts";
import { patient } from "../../prompt/spinner.ts";
import { proveIdentity } from "./prove_identity.ts";
import { redacted, whoData, whoRows } from "./caller_report.ts";

/** Less than that may be over before AWS has answered. */
const LEAST_MS = 10_000;

/** `atmos auth whoami`: who AWS says an identity is. */
export async function runAuthWhoami(given: LoginCommandHost, input: Input<typeof AUTH_WHOAMI_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const host = patient(given, globals);
  const target = await wantedIdentity(host, { globals, argument: args[0] });
  const obtained = await obtainedAlone(host, { target, globals });
  const caller = await proveIdentity(host, obtained);
  if (flags.output === "json") {
    const linked = await linkedFiles(host, { model: target.model, obtained });
    const environment = redacted({ variables: variablesOf(host, { obtained, linked }), home: host.env.get("HOME") });
    host.terminal.out(jsonText(whoData({ obtained, caller, environment })));
    return 0;
  }
  const paint = paintFor(host, { stream: "stdout", globals });
  host.terminal.out(whoRows({ obtained, caller, now: host.clock.now(), paint }));
  return 0;
}

interface Alone {
  readonly target: Target;
  readonly globals: Globals;
}

/** Kept credentials, else new ones where no person is needed for it. */
async function obtainedAlone(host: LoginCommandHost, { target, globals }: Alone): Promise<Obtained> {
  const ui = noninteractive(terminalUi(host, { globals, explicit: false }));
  return await obtainCredentials(host, { target, ui, minTtlMs: LEAST_MS });
}
