import type { IdentityTarget } from "../../auth/login/identity.ts";
import { filterByTags, selectIdentity } from "../../auth/model/select_identity.ts";
import { type ConfigHost, findDirectoryNamed, type LoadedConfig } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../project/load.ts";
import { problemsAbout } from "../project/problems_about.ts";
import { type Globals, isWithoutIdentity } from "../args/global_flags.ts";
import { configuredIdentities } from "../../auth/model/configured_identities.ts";
import { refuseInherited } from "../../auth/model/inherited_identity.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { AppError } from "../../errors.ts";
import type { StoreHost } from "../../store/replace.ts";
import { warns } from "../output/report.ts";
import { printable } from "../output/text.ts";
import { updateProjectChoice } from "../project/project_choice.ts";
import { configuredClaims } from "./choose_credentials.ts";
import { type Claim, describeClaim, findEvidentName } from "./credential_claims.ts";
import { type AskHost, askIdentity } from "./ask_identity.ts";
import { hasInteractiveTerminal } from "./terminal_ui.ts";

interface RequestedIdentityInput {
  readonly globals: Globals;
  readonly argument?: string | undefined;
  /** Any of these; none are no choice. */
  readonly tags?: readonly string[];
  /** The configuration, where it is read already. */
  readonly auth?: LoadedAuth;
  /** What was chosen before, and told with what it is above. */
  readonly claim?: Claim;
}

/** An identity with the whole configuration that it comes from. */
export interface RequestedIdentity extends IdentityTarget {
  readonly model: ConfigModel;
  readonly config: LoadedConfig;
}

/** The configuration and the identity in it that a command is about; what concerns it and is wrong is a warning. */
export async function findRequestedIdentity(
  host: ConfigHost & AskHost,
  input: RequestedIdentityInput,
): Promise<RequestedIdentity> {
  return (await findWanted(host, input)).wanted;
}

async function findWanted(
  host: ConfigHost & AskHost,
  { globals, argument, tags = [], auth, claim }: RequestedIdentityInput,
): Promise<{ readonly wanted: RequestedIdentity } & Pick<ChosenIdentity, "isPicked">> {
  checkOneSelection(host, { doing: "use", globals, argument, wider: undefined });
  const { config, model, problems } = auth ?? await loadProjectAuth(host, globals);
  const directory = findDirectoryNamed(config);
  const evident = claim && findEvidentName(claim);
  const { name: identity, isPicked } = evident !== undefined
    ? { name: evident, isPicked: false }
    : tags.length > 0
    ? await taggedIdentity(host, { model, directory, tags, globals })
    : await chooseIdentity(host, { model, directory, argument, globals });
  const about = problemsAbout({ model, problems }, { identities: [identity] });
  reportWarnings(host, { problems: about, globals });
  if (argument === undefined && globals.identity === undefined && tags.length === 0 && claim === undefined) {
    reportUsed(host, { model, identity, globals });
  }
  return { wanted: { model, config, directory, identity }, isPicked };
}

/** The same; where the user has picked it from a list, the next list begins there. */
export async function pickIdentity(
  host: ConfigHost & AskHost & StoreHost,
  input: RequestedIdentityInput,
): Promise<RequestedIdentity> {
  const { wanted, isPicked } = await findWanted(host, input);
  const { config, identity: picked } = wanted;
  if (isPicked) {
    await updateProjectChoice(host, { config, globals: input.globals, edit: (choice) => ({ ...choice, picked }) });
  }
  return wanted;
}

/** Says that `auth use` is above a default of atmos.yaml. */
function reportUsed(
  host: Needs<"terminal">,
  { model, identity, globals }: {
    readonly model: ConfigModel;
    readonly identity: string;
    readonly globals: Globals;
  },
): void {
  const chosen = model.usual?.by === "auth use" ? model.usual.name : undefined;
  if ((model.used ?? chosen ?? model.stackDefault?.overruled) === undefined || !warns(globals)) return;
  const { taken, others } = configuredClaims(identity, { ...model, identities: configuredIdentities(model) });
  const [other] = others.filter(({ name }) => name !== identity);
  if (other === undefined) return;
  host.terminal.err(`${printable(`Using ${describeClaim(taken)}, not ${describeClaim(other)}`)}\n`);
}

/** Of several it takes none by itself, were it the default: tags say that a choice is wanted. */
async function taggedIdentity(
  host: AskHost,
  { model, directory, tags, globals }: ChoiceInput & { readonly tags: readonly string[] },
): Promise<ChosenIdentity> {
  const among = filterByTags(model, tags);
  const [first, ...more] = configuredIdentities(among);
  return more.length === 0
    ? { name: first!.name, isPicked: false }
    : await chooseIdentity(host, { model: among, directory, globals: { ...globals, identity: "" } });
}

export interface ChoiceInput {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  /** The argument of the command. */
  readonly argument?: string | undefined;
  /** `identity` is that of `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly globals: Pick<Globals, "identity" | "no-color">;
}

/**
 * The identity that is meant, asked for on a terminal where nothing says it. AppErrors of selectIdentity and
 * checkNamed.
 */
export async function askForIdentity(host: AskHost, input: ChoiceInput): Promise<string> {
  return (await chooseIdentity(host, input)).name;
}

interface ChosenIdentity {
  readonly name: string;
  /** Whether the user has picked it from a list. */
  readonly isPicked: boolean;
}

async function chooseIdentity(host: AskHost, input: ChoiceInput): Promise<ChosenIdentity> {
  const { model, argument, globals } = input;
  if (argument === undefined) checkNamed(host, { model, globals });
  // A file that leaves nothing of the user's own is what there is to say then.
  if (configuredIdentities(model).length === 0) await model.trust.require([]);
  const interactive = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  const selected = selectIdentity(model, { said: argument ?? globals.identity, interactive });
  const name = selected.kind === "named" ? selected.name : await askIdentity(host, { ...input, ...selected });
  const isPicked = selected.kind === "ask";
  const said = argument === undefined ? globals.identity && "--identity or ATMOS_IDENTITY" : "argument";
  host.log?.tell("debug", "identity", { identity: name, by: isPicked ? "terminal" : said || "the configuration" });
  return { name, isPicked };
}

/**
 * AppError "usage" where `--identity=false` leaves a command nothing to be about, and that of refuseInherited. Permission:
 * env.
 */
export function checkNamed(
  host: Needs<"env">,
  { model, globals }: { readonly model: AuthModel; readonly globals: Pick<Globals, "identity"> },
): void {
  refuseInherited(model, globals.identity);
  if (!isWithoutIdentity(globals)) return;
  const by = findTypedIdentity(host, globals) === undefined ? "ATMOS_IDENTITY" : "--identity";
  throw new AppError("usage", `Cannot use ${by}=${globals.identity}: this needs an identity of atmos.yaml`, {
    hint: "Specify one: --identity NAME",
  });
}

interface SelectionInput {
  /** Completes "Cannot ...": "log out of". */
  readonly doing: string;
  /** The words after `atmos`, where its help has more to say. */
  readonly command?: string;
  readonly argument: string | undefined;
  readonly globals: Globals;
  /** A flag that selects by something else than a name, as it was typed: "--all". */
  readonly wider: string | undefined;
}

/** AppError "usage" when the command line selects two things at once. Permission: env. */
export function checkOneSelection(host: Needs<"env">, { globals, argument, wider, ...about }: SelectionInput): void {
  const typed = findTypedIdentity(host, globals);
  const named = argument ?? typed;
  if (wider !== undefined && named !== undefined) throw conflict(about, [named, wider]);
  if (argument !== undefined && typed !== undefined && argument.toLowerCase() !== typed.toLowerCase()) {
    throw conflict(about, [argument, `--identity ${typed}`]);
  }
}

function conflict(
  { doing, command }: Pick<SelectionInput, "doing" | "command">,
  [name, other]: readonly [name: string, other: string],
): AppError {
  const help = command === undefined ? "" : ` Run: atmos ${command} --help`;
  const message = `Cannot ${doing} identity "${name}" with ${other}: they select different things`;
  return new AppError("usage", message, { hint: `Remove one of them.${help}` });
}

/** ATMOS_IDENTITY is for every command, so it is no selection that another one could contradict. */
export function findTypedIdentity(host: Needs<"env">, { identity }: Pick<Globals, "identity">): string | undefined {
  return identity === host.env.get("ATMOS_IDENTITY") ? undefined : identity;
}
