import { foreignVariables, staleVariables } from "../../../auth/environment/child_environment.ts";
import { credentials, type CredentialsInput } from "../../../auth/login/credentials.ts";
import { type ActiveIdentity, type LocatedIdentity, locateIdentity } from "../../../auth/login/identity.ts";
import { STORED_ONLY } from "../../../auth/login/policies.ts";
import { isAmbient, isAnyCloud } from "../../../auth/model/chain.ts";
import { AppError } from "../../../errors.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_ENV_FLAGS } from "./command.ts";
import { warns } from "../../output/report.ts";
import { storeKubectlFiles } from "../../provision/kubectl_files.ts";
import { handOut, passThrough } from "../../provision/hand_out.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { buildVariables, overrideDefaultProfile } from "../../provision/environment.ts";
import { loadProjectAuth } from "../../project/load.ts";
import { trustGate } from "../../project/trust_question.ts";
import { requireTrust } from "../../provision/require_trust.ts";
import { reportContext, selectContext } from "../../provision/select_context.ts";
import { findRequestedIdentity } from "../../login/select_identity.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { FORMATS } from "./formats.ts";
import { maskCommands } from "./mask_commands.ts";
import { clusterVariablesIn, withVariables } from "./file_variables.ts";
import { appendOutput, isRunnersFile, outputFile } from "./output_file.ts";

/** `atmos auth env`: the variables that make other programs be an identity, once it is logged in. */
export async function runAuthEnv(host: LoginCommandHost, input: Input<typeof AUTH_ENV_FLAGS>): Promise<number> {
  const { flags, globals, args } = input;
  const file = outputFile(host, flags);
  const auth = await loadProjectAuth(host, globals, trustGate(host, globals));
  const target = await findRequestedIdentity(host, { globals, argument: args[0], auth });
  await requireTrust(target, { hasVariables: true, integrations: "all" });
  const ui = terminalUi(host, { globals, deviceCode: flags["device-code"] });
  const obtained = flags.login
    ? await handOut(host, { target, ui, globals }).catch((error) => passThrough(host, { target, error }))
    : await credentials(withSpinner(host, globals), { target, ui }, STORED_ONLY).catch(async (error) => {
      return await findWithoutLogin(host, { target, ui, error });
    });
  // Whatever reads a file that is appended to sees what earlier lines have set.
  const there = file === undefined ? {} : clusterVariablesIn(host, file);
  const around = withVariables(host, there);
  const selected = await selectContext(around, { target, obtained, globals, requested: flags.context });
  const kubectl = await storeKubectlFiles(around, { selected, chain: obtained.chain, globals });
  const variables = overrideDefaultProfile(host, buildVariables(host, { obtained, kubectl, selected }));
  const stale = staleVariables(around.env.all(), { login: variables, contexts: selected.contexts });
  const text = FORMATS[flags.format](variables, stale);
  if (flags.format === "github" || isRunnersFile(host, file)) host.terminal.errRaw(maskCommands(host, variables));
  if (file === undefined) host.terminal.out(text);
  else await appendOutput(host, { path: file, text });
  reportContext(host, { selected, globals });
  if (obtained.source.kind === "files" && warns(globals)) warnOfForeign(host, variables);
  return 0;
}

/**
 * Returns an identity that is not logged in, with the files in which its next login stores credentials, and warns; a
 * shell that has its variables already needs no other ones then. The error itself is thrown where that is no reason for
 * it, where there is no place for files, and where something else is in them, which programs would use.
 */
async function findWithoutLogin(
  host: LoginCommandHost,
  { target, ui, error }: CredentialsInput & { readonly error: unknown },
): Promise<LocatedIdentity & Pick<ActiveIdentity, "source">> {
  if (!(error instanceof AppError) || error.code !== "login-needed") throw error;
  const located = await locateIdentity(host, target);
  const { place, chain, isOutdated, problem } = located;
  if (isAnyCloud(chain)) return await passThrough(host, { target, error });
  if (place === undefined || isAmbient(chain) || isOutdated || problem !== undefined) throw error;
  ui.warn({
    message: error.message,
    hint: error.hint ?? ["Log in: ", { kind: "login", identity: located.name }],
    context: error.context,
  });
  return { ...located, source: { kind: "files", place } };
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

/** The second names are those of the SDKs for Go and Java. */
const KEYS: readonly string[] = [
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  ...["AWS_ACCESS_KEY", "AWS_SECRET_KEY"],
];
