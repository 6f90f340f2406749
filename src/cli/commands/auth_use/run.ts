import { nameCommand, remedy } from "../../../remedy.ts";
import { buildChain } from "../../../auth/model/chain.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import { refuseChosenAlias, selectIdentity } from "../../../auth/model/select_identity.ts";
import { type ConfigHost, findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { Input } from "../../args/command.ts";
import { usageError } from "../../args/usage_error.ts";
import { type AskHost, askIdentity } from "../../login/ask_identity.ts";
import { configuredClaims } from "../../login/choose_credentials.ts";
import { describeClaim } from "../../login/credential_claims.ts";
import { checkOneSelection, findTypedIdentity } from "../../login/select_identity.ts";
import { hasInteractiveTerminal } from "../../login/terminal_ui.ts";
import { paintFor } from "../../output/paint.ts";
import { printable } from "../../output/text.ts";
import { type LoadedAuth, loadProjectAuth } from "../../project/load.ts";
import { findLocation, readProjectChoice, updateProjectChoice } from "../../project/project_choice.ts";
import type { AUTH_USE_FLAGS } from "./command.ts";

type UseHost = ConfigHost & AskHost & StoreHost;
type UseInput = Input<typeof AUTH_USE_FLAGS>;

/** `atmos auth use`: remembers the identity that is taken for this configuration where none is named. */
export async function runAuthUse(host: UseHost, input: UseInput): Promise<number> {
  const { globals, args: [argument], flags } = input;
  const wider = flags.unset ? "--unset" : undefined;
  checkOneSelection(host, { doing: "use", command: "auth use", argument, globals, wider });
  const auth = await loadProjectAuth(host, globals);
  const name = flags.unset ? undefined : await nameToUse(host, { input, auth });
  await remember(host, { input, auth, name });
  const paint = paintFor(host, { stream: "stderr", globals });
  host.terminal.err(`${paint("green", "✓")} ${describeDone(name, findOwnPlace(host, { input, auth }))}\n`);
  for (const line of strongerLines(host, { auth, name })) host.terminal.err(`${printable(line)}\n`);
  return 0;
}

function describeDone(name: string | undefined, ownPlace: string | undefined): string {
  const where = ownPlace && `the projects that use the logins of ${printable(ownPlace)}`;
  if (name === undefined) return `No identity is selected for ${where ?? "this project"} anymore`;
  return `Using identity ${printable(name)} ${where === undefined ? "here" : `for ${where}`}`;
}

/** Where the user's own logins are, if the project has none of its own: the choice is theirs then, wherever they are used. */
function findOwnPlace(
  host: UseHost,
  { input: { globals }, auth: { config } }: { readonly input: UseInput; readonly auth: LoadedAuth },
): string | undefined {
  const location = findLocation(host, { config, globals });
  return location !== undefined && config.ownFiles?.has(location) ? location : undefined;
}

/** AppErrors of buildChain for an identity that cannot be used, and "usage" where none was chosen before. */
async function nameToUse(
  host: UseHost,
  { input, auth }: { readonly input: UseInput; readonly auth: LoadedAuth },
): Promise<string | undefined> {
  const { globals, args: [argument] } = input;
  const { model, config } = auth;
  if (argument === "-") return usable(auth, before(host, { input, auth }));
  const said = argument ?? findTypedIdentity(host, globals) ?? "";
  const interactive = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  const selected = selectIdentity(model, { said, interactive });
  if (selected.kind === "named") return usable(auth, selected.name);
  const question = "Which identity do you want to use in this project?";
  const asked = { model, directory: findDirectoryNamed(config), among: configuredIdentities(model) };
  return usable(auth, await askIdentity(host, { ...asked, question, globals }));
}

/** Its name as the configuration spells it. */
function usable({ model }: LoadedAuth, name: string | undefined): string | undefined {
  return name === undefined ? undefined : buildChain(model, name).identities.at(-1)!.name;
}

/** The identity that was chosen before; undefined where that was none. */
function before(
  host: UseHost,
  { input: { globals }, auth: { config, model } }: { readonly input: UseInput; readonly auth: LoadedAuth },
): string | undefined {
  const found = readProjectChoice(host, { config, globals })?.before;
  if (found !== undefined) refuseChosenAlias(model, found);
  if (found !== undefined) return found === "" ? undefined : found;
  throw usageError({
    what: "-",
    found: "no identity was selected in this project before",
    hint: remedy`Specify one: ${nameCommand("auth", "use", "NAME")}`,
  });
}

async function remember(
  host: UseHost,
  { input: { globals }, auth: { config }, name }: {
    readonly input: UseInput;
    readonly auth: LoadedAuth;
    readonly name: string | undefined;
  },
): Promise<void> {
  const known = { config, globals };
  await updateProjectChoice(host, {
    ...known,
    edit: ({ used, ...choice }) => {
      const former = used === name ? {} : { before: used ?? "" };
      return { ...choice, ...former, ...(name === undefined ? {} : { used: name }) };
    },
  });
  if (readProjectChoice(host, known)?.used === name) return;
  throw new AppError("config-write", "Cannot save the selected identity: its file cannot be written", {
    hint: "Set HOME or ATMOS_XDG_STATE_HOME to a writable directory",
  });
}

/** What else says which identity is meant. */
function strongerLines(
  host: UseHost,
  { auth: { model }, name }: { readonly auth: LoadedAuth; readonly name: string | undefined },
): readonly string[] {
  const variable = host.env.get("ATMOS_IDENTITY");
  const isOther = variable !== undefined && variable.toLowerCase() !== name?.toLowerCase();
  const { others } = configuredClaims(name ?? "", {
    identities: configuredIdentities(model),
    ...(name === undefined ? {} : { used: name }),
  });
  const shadowed = others.filter((one) => one.name !== name);
  return [
    ...shadowed.map((one) => `It takes precedence over ${describeClaim(one)}`),
    ...(isOther ? [`ATMOS_IDENTITY=${variable} is set in this shell and takes precedence`] : []),
  ];
}
