import type { IdentityTarget } from "../../auth/login/identity.ts";
import { type Selected, selectIdentity, tagged } from "../../auth/model/select_identity.ts";
import { type ConfigHost, foundDirectory, type LoadedConfig } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { type AuthOf, authOf, warnOf } from "../project/load.ts";
import { problemsAbout } from "../project/problems_about.ts";
import { type Globals, isWithoutIdentity } from "../args/global_flags.ts";
import { configuredIdentities } from "../../auth/model/configured_identities.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { AppError } from "../../errors.ts";
import { chooseOne } from "../prompt/choose_one.ts";
import { hasInteractiveTerminal } from "./terminal_ui.ts";

interface WantedInput {
  readonly globals: Globals;
  readonly argument?: string | undefined;
  /** Any of these; none are no choice. */
  readonly tags?: readonly string[];
  /** The configuration, where it is read already. */
  readonly auth?: AuthOf;
}

/** An identity with the whole configuration that it comes from. */
export interface Wanted extends IdentityTarget {
  readonly model: ConfigModel;
  readonly config: LoadedConfig;
}

/** The configuration and the identity in it that a command is about; what concerns it and is wrong is a warning. */
export async function wantedIdentity(
  host: ConfigHost & Needs<"terminal">,
  { globals, argument, tags = [], auth }: WantedInput,
): Promise<Wanted> {
  checkOneSelection(host, { doing: "use", globals, argument, wider: undefined });
  const { config, model, problems } = auth ?? await authOf(host, globals);
  if (config.files.length === 0 && configuredIdentities(model).length === 0) throw noConfiguration();
  const identity = tags.length > 0
    ? await taggedIdentity(host, { model, tags, globals })
    : await chosenIdentity(host, { model, argument, globals });
  const about = problemsAbout({ model, problems }, { identities: [identity] });
  warnOf(host, { problems: about, globals });
  return { model, config, directory: foundDirectory(config), identity };
}

function noConfiguration(): AppError {
  return new AppError("config-not-found", "Cannot choose an identity: no atmos.yaml was found", {
    hint: ["Set one up: ", { kind: "set-up" }, ", or name the directory of yours: -C DIRECTORY"],
  });
}

/** Of several it takes none by itself, were it the default: tags say that a choice is wanted. */
async function taggedIdentity(
  host: Needs<"terminal" | "env" | "sys">,
  { model, tags, globals }: {
    readonly model: ConfigModel;
    readonly tags: readonly string[];
    readonly globals: Globals;
  },
): Promise<string> {
  const among = tagged(model, tags);
  const [first, ...more] = configuredIdentities(among);
  return more.length === 0
    ? first!.name
    : await chosenIdentity(host, { model: among, globals: { ...globals, identity: "" } });
}

export interface ChoiceInput {
  readonly model: AuthModel;
  /** The argument of the command. */
  readonly argument?: string | undefined;
  /** `identity` is that of `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly globals: Pick<Globals, "identity" | "no-color">;
}

type ChoiceHost = Needs<"terminal" | "env" | "sys">;

/**
 * The identity that is meant, asked for on a terminal where nothing says it. AppErrors of selectIdentity, and "usage"
 * where none is to be used.
 */
export async function chosenIdentity(host: ChoiceHost, { model, argument, globals }: ChoiceInput): Promise<string> {
  if (argument === undefined) refuseNone(host, globals);
  const interactive = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  const selected = selectIdentity(model, { said: argument ?? globals.identity, interactive });
  return selected.kind === "named" ? selected.name : await ask(host, { asked: selected, globals });
}

async function ask(
  host: ChoiceHost,
  { asked, globals }: { readonly asked: Selected & { readonly kind: "ask" }; readonly globals: ChoiceInput["globals"] },
): Promise<string> {
  const among = asked.among.map(({ name, kind = "no kind", alias, isBroken }) => ({
    name,
    note: [kind, ...alias === undefined ? [] : [`alias ${alias}`], ...isBroken ? ["cannot be used"] : []].join(", "),
  }));
  const chosen = await chooseOne(host, { question: asked.question, among, globals });
  if (chosen === undefined) throw new AppError("interrupted", "Cannot choose an identity: none was chosen");
  return chosen.name;
}

/** AppError "usage" where `--identity=false` leaves a command nothing to be about. Permission: env. */
export function refuseNone(host: Needs<"env">, globals: Pick<Globals, "identity">): void {
  if (!isWithoutIdentity(globals)) return;
  const by = typedIdentity(host, globals) === undefined ? "ATMOS_IDENTITY" : "--identity";
  throw new AppError("usage", `Cannot use ${by}=${globals.identity}: this needs an identity of atmos.yaml`, {
    hint: "Name one: --identity NAME",
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
  const typed = typedIdentity(host, globals);
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
  return new AppError("usage", message, { hint: `Leave one of them out.${help}` });
}

/** ATMOS_IDENTITY is for every command, so it is no selection that another one could contradict. */
export function typedIdentity(host: Needs<"env">, { identity }: Pick<Globals, "identity">): string | undefined {
  return identity === host.env.get("ATMOS_IDENTITY") ? undefined : identity;
}
