import { foreignVariables, staleVariables } from "../../../auth/environment/child_environment.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { HAND_OUT, STORED_ONLY } from "../../../auth/login/policies.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_ENV_FLAGS } from "./command.ts";
import { warns } from "../../output/report.ts";
import { storeKubectlFiles } from "../../provision/kubectl_files.ts";
import { provisionMissing } from "../../provision/provision_missing.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { variablesOf } from "../../provision/environment.ts";
import { authOf } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { reportContext, selectContext } from "../../provision/select_context.ts";
import { wantedIdentity } from "../../login/select_identity.ts";
import { patient } from "../../prompt/spinner.ts";
import { FORMATS } from "./formats.ts";
import { appendOutput, outputFile } from "./output_file.ts";

/** `atmos auth env`: the variables that make other programs be an identity. */
export async function runAuthEnv(host: LoginCommandHost, input: Input<typeof AUTH_ENV_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const file = outputFile(host, flags);
  const auth = await authOf(host, globals, trustGate(host, globals));
  const target = await wantedIdentity(host, { globals, argument: args[0], auth });
  await requireTrust(target, { hasVariables: true, integrations: "all" });
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const policy = flags.login ? HAND_OUT : STORED_ONLY;
  const obtained = await credentials(patient(host, globals), { target, ui }, policy);
  if (flags.login) await provisionMissing(host, { target, obtained, globals });
  const selected = await selectContext(host, { target, obtained, globals, requested: flags.context });
  const kubectl = await storeKubectlFiles(host, { selected, chain: obtained.chain, globals });
  const variables = variablesOf(host, { obtained, kubectl, dockerConfig: selected.linked.dockerConfig });
  const stale = staleVariables(host.env.all(), { login: variables, contexts: selected.contexts });
  const text = FORMATS[flags.format](variables, stale);
  if (file === undefined) host.terminal.out(text);
  else await appendOutput(host, { path: file, text });
  reportContext(host, { selected, globals });
  if (obtained.source.kind === "files" && warns(globals)) warnOfForeign(host, variables);
  return 0;
}

/** AWS SDKs take keys in the environment before a profile. */
function warnOfForeign(host: LoginCommandHost, variables: Readonly<Record<string, string>>): void {
  const misleading = foreignVariables(host.env.all())
    .filter((name) => KEYS.includes(name) && host.env.get(name) !== undefined && !(name in variables));
  if (misleading.length === 0) return;
  host.terminal.err(
    `Warning: ${misleading.join(" and ")} in this shell would be used before these variables\nHint: unset ${
      misleading.join(" ")
    }\n`,
  );
}

const KEYS: readonly string[] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
