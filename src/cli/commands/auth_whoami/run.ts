import { accountConflict, CONFLICT_HINT } from "../../login/account_conflict.ts";
import { loginClaim } from "../../login/credential_claims.ts";
import { nameCredentials } from "../../login/name_credentials.ts";
import { obtainCredentials } from "../../login/obtain_credentials.ts";
import { CALL_AWS } from "../../../auth/login/policies.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_WHOAMI_FLAGS } from "./command.ts";
import { previewKubectlFiles } from "../../provision/kubectl_files.ts";
import { selectContext } from "../../provision/select_context.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { IDENTITY_ENV } from "../../../auth/environment/recorded_variables.ts";
import { buildVariables } from "../../provision/environment.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { findRequestedIdentity } from "../../login/select_identity.ts";
import { paintFor } from "../../output/paint.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { proveIdentity } from "../../login/prove_identity.ts";
import { redact, whoData, whoRows } from "./caller_report.ts";

/** `atmos auth whoami`: who AWS says an identity is. */
export async function runAuthWhoami(given: LoginCommandHost, input: Input<typeof AUTH_WHOAMI_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const host = withSpinner(given, globals);
  const isJson = flags.output === "json";
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  const target = await findRequestedIdentity(host, { globals, argument: args[0], auth });
  await requireTrust(target, { hasVariables: isJson, integrations: isJson ? "all" : "none" });
  const ui = terminalUi(host, { globals });
  const obtained = await obtainCredentials(host, { target, ui }, CALL_AWS);
  const caller = await proveIdentity(host, obtained).catch((error) => {
    throw nameCredentials(error, { claim: loginClaim(obtained.name), model: target.model });
  });
  const conflict = accountConflict(obtained.chain, caller);
  if (conflict !== undefined) {
    ui.warn({ message: `${conflict[0]!.toUpperCase()}${conflict.slice(1)}`, hint: CONFLICT_HINT });
  }
  if (isJson) {
    const selected = await selectContext(host, { target, obtained, globals });
    const kubectl = await previewKubectlFiles(host, { selected, chain: obtained.chain });
    // What is recorded is good for shells alone, and has digests of what is not to be shown.
    const { [IDENTITY_ENV]: _recorded, ...variables } = buildVariables(host, { obtained, kubectl, selected });
    const environment = redact({ variables, home: host.env.get("HOME") });
    host.terminal.out(jsonText(whoData({ obtained, caller, environment })));
    return 0;
  }
  const paint = paintFor(host, { stream: "stdout", globals });
  host.terminal.out(whoRows({ obtained, caller, now: host.clock.now(), paint }));
  return 0;
}
