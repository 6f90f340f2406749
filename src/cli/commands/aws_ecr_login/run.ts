import { credentials } from "../../../auth/login/credentials.ts";
import { HAND_OUT } from "../../../auth/login/policies.ts";
import { keepLogins, type StoredLogins } from "../../../docker/keep_logins.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { loadDockerConfig } from "../../../docker/save.ts";
import type { AskHost } from "../../login/ask_identity.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { cutWaits, limitConcurrency, Refused, unlessAborted } from "../../../integrations/concurrency.ts";
import type { Input } from "../../args/command.ts";
import type { ECR_LOGIN_FLAGS } from "./command.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { reportChoice } from "../../login/report_choice.ts";
import { type LogoutWatch, watchLogouts } from "../../login/watch_logouts.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { withSpinner } from "../../prompt/spinner.ts";
import { findAuthor } from "../../provision/author.ts";
import { TYPED_COMMAND } from "../../output/typed_command.ts";
import { usageError } from "../../args/usage_error.ts";
import type { TrustGate } from "../../../config/trust/trust_gate.ts";
import { trustGate } from "../../project/trust_question.ts";
import { type EcrTarget, type EcrTargets, ecrTargets, namesRegistries } from "../../ecr/targets.ts";
import { type LoggedIn, tellLogins, tellPlan } from "./report.ts";
import { mfaPrompt } from "../../login/mfa_prompt.ts";
import { type IdentityToken, tokenSource } from "../../ecr/token_source.ts";

type LoginInput = Input<typeof ECR_LOGIN_FLAGS>;

const AT_ONCE = 8;

/**
 * `atmos aws ecr login`: docker can pull from and push to the registries. Throws as endWith, and what Ctrl-C leaves undone
 * is a failure like others.
 */
export async function runAwsEcrLogin(host: LoginCommandHost, input: LoginInput): Promise<number> {
  if (input.flags["dry-run"]) return await showPlan(host, input);
  const { flags, globals } = input;
  const { targets, undecided } = await listTargets(host, { ...input, trust: trustGate(host, globals) });
  const path = dockerConfigFile(host);
  loadDockerConfig(host, path);
  const ui = terminalUi(host, { globals });
  const logouts = watchLogouts(host);
  const obtain = async (target: NonNullable<EcrTarget["as"]>) =>
    logouts.add(await credentials(withSpinner(host, globals), { target, ui }, HAND_OUT));
  using interrupts = host.terminal.interrupts();
  const { signal } = interrupts;
  const tokenFor = tokenSource(withSpinner(host, globals), {
    profile: flags.profile,
    askMfaCode: mfaPrompt(host, globals),
    obtain,
  });
  const tokens = await lookUp(targets, { tokenFor, signal });
  const as = targets.find((one) => one.as !== undefined)?.as;
  const location = as && (await findAuthor(host, { ...as, globals })).location;
  const isNamed = namesRegistries(input);
  const kept = await storeLogins(host, { path, tokens, targets, location, isNamed, signal, logouts });
  const outcomes = [
    ...targets.map((target) => makeOutcome(target, { tokens, kept })),
    ...undecided.map(({ error, ...target }) => ({ target, error })),
  ];
  if (kept.values().some((one) => !(one instanceof Error))) await reportChoices(host, { targets, globals });
  return tellLogins(host, { input, path, outcomes });
}

/** Whose credentials are used, where others could be meant; a failure says it by itself. */
async function reportChoices(
  host: ConfigHost & AskHost,
  { targets, globals }: { readonly targets: readonly EcrTarget[]; readonly globals: LoginInput["globals"] },
): Promise<void> {
  const choice = targets.find((one) => one.choice !== undefined)?.choice;
  if (choice !== undefined) await reportChoice(host, { choice, globals });
}

async function showPlan(host: ConfigHost & Needs<"terminal" | "clock">, input: LoginInput): Promise<number> {
  const found = await listTargets(host, input);
  const path = dockerConfigFile(host);
  await reportChoices(host, { targets: found.targets, globals: input.globals });
  return tellPlan(host, { ...found, input, path, config: loadDockerConfig(host, path) });
}

async function listTargets(
  host: ConfigHost & AskHost,
  input: LoginInput & { readonly trust?: TrustGate },
): Promise<EcrTargets> {
  const found = await ecrTargets(host, input);
  const { as } = found.targets.find((one) => one.as !== undefined) ?? {};
  if (input.flags.profile === undefined || as === undefined) return found;
  throw usageError({
    what: "--profile",
    found: `the credentials are those of identity "${as.identity}"`,
    hint: "Leave out --profile, or specify only registries and no identity: --registry HOST --profile PROFILE",
  });
}

type Tokens = ReadonlyMap<string, IdentityToken | Error>;

async function lookUp(
  targets: readonly EcrTarget[],
  { tokenFor, signal }: {
    readonly tokenFor: (target: EcrTarget) => Promise<IdentityToken>;
    readonly signal: AbortSignal;
  },
): Promise<Tokens> {
  const found = new Map<string, IdentityToken | Error>();
  const undone = makeInterruption();
  const work = async (target: EcrTarget) => {
    const token = unlessAborted(() => tokenFor(target), signal);
    found.set(target.host, await token.catch((error: Error) => signal.aborted ? undone : error));
  };
  await limitConcurrency(targets, { limit: AT_ONCE, work });
  // What is written comes in the order of what was asked for, not of the answers.
  return new Map(targets.map((target) => [target.host, found.get(target.host)!]));
}

function findRefused({ targets, logouts }: Pick<StoreInput, "targets" | "logouts">): ReadonlyMap<string, AppError> {
  return new Map(targets.flatMap(({ host, as }): [string, AppError][] => {
    const error = as && logouts.findRefusal(as.identity);
    return error === undefined ? [] : [[host, error]];
  }));
}

function makeInterruption(): AppError {
  return new AppError("interrupted", "Cannot log in to every registry: it was interrupted", {
    hint: `Completed work is kept. Resume with: ${TYPED_COMMAND}`,
  });
}

/** Of whoever the environment says. */
const NO_IDENTITY = { identity: null, configLocation: undefined };

interface StoreInput {
  readonly path: string;
  readonly tokens: Tokens;
  readonly targets: readonly EcrTarget[];
  /** Of the configuration. */
  readonly location: string | undefined;
  readonly isNamed: boolean;
  readonly signal: AbortSignal;
  readonly logouts: LogoutWatch;
}

type Kept = ReadonlyMap<string, StoredLogins | Error>;

/** Whom a logout ends while others are waited for is told so, and the rest is stored. */
async function storeLogins(host: LoginCommandHost, input: StoreInput): Promise<Kept> {
  for (;;) {
    const refused = findRefused(input);
    const kept = await storeAllowed(host, { ...input, refused });
    if (!kept.values().some((one) => one instanceof Refused)) return new Map([...kept, ...refused]);
  }
}

async function storeAllowed(
  host: LoginCommandHost,
  input: StoreInput & { readonly refused: ReadonlyMap<string, AppError> },
): Promise<Kept> {
  const { path, tokens, targets, location, isNamed, signal, refused } = input;
  const logins = targets.flatMap(({ host: registry, as }) => {
    const token = tokens.get(registry)!;
    if (token instanceof Error || refused.has(registry)) return [];
    const owner = as === undefined ? NO_IDENTITY : { identity: as.identity, configLocation: location };
    return [{ registry, password: token.password, fingerprint: token.fingerprint, ...owner }];
  });
  if (logins.length === 0) return new Map();
  const refuse = (identity?: string) => {
    const targets = identity === undefined
      ? input.targets
      : input.targets.filter(({ as }) => as?.identity === identity);
    if (findRefused({ ...input, targets }).keys().some((registry) => !refused.has(registry))) throw new Refused();
  };
  const kept = await keepLogins(cutWaits(host, { signal, refuse }), { path, logins, isNamed });
  const isCut = (one: StoredLogins | Error) => signal.aborted && one === signal.reason;
  return new Map(logins.map(({ registry }, at) => [registry, isCut(kept[at]!) ? makeInterruption() : kept[at]!]));
}

function makeOutcome(
  target: EcrTarget,
  { tokens, kept }: { readonly tokens: Tokens; readonly kept: ReadonlyMap<string, StoredLogins | Error> },
): LoggedIn {
  const token = tokens.get(target.host)!;
  if (token instanceof Error) return { target, error: token };
  const one = kept.get(target.host)!;
  return one instanceof Error ? { target, error: one } : { target, kept: one, expiration: token.expiration };
}
