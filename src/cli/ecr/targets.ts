import { argumentWords } from "../../formats/text/command_words.ts";
import { joinLines, nameCommand, remedy, SET_UP } from "../../remedy.ts";
import { buildChain } from "../../auth/model/chain.ts";
import { checkRegistry, type EcrRegistry, registryHost } from "../../aws/ecr/ecr_registry.ts";
import { type ConfigHost, findDirectoryNamed } from "../../config/load_config.ts";
import { AppError } from "../../errors.ts";
import { ECR_KINDS, type EcrIntegration, isEcr, toEcrRegistry } from "../../integrations/ecr/ecr_integration.ts";
import { identityFor } from "../../integrations/identity_for.ts";
import { findLinked } from "../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import type { TrustGate } from "../../config/trust/trust_gate.ts";
import { type LoadedAuth, loadProjectAuth, reportWarnings } from "../project/load.ts";
import { problemsAbout } from "../project/problems_about.ts";
import { type Globals, isWithoutIdentity } from "../args/global_flags.ts";
import { type Choice, chooseCredentials } from "../login/choose_credentials.ts";
import { type Claim, listClaims } from "../login/credential_claims.ts";
import type { AskHost } from "../login/ask_identity.ts";
import { askForIdentity, findRequestedIdentity, type RequestedIdentity } from "../login/select_identity.ts";
import { hasConfiguration } from "../project/has_configuration.ts";
import { usageError } from "../args/usage_error.ts";
import { lookup } from "../../config/schema/lookup.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";
import { brokenIntegration, unknownIntegration, unusableIntegration } from "../provision/unusable_integration.ts";

interface TargetsInput {
  readonly globals: Globals;
  /** The gate, where the registries are logged in to; without it they are only checked. */
  readonly trust?: TrustGate;
  /** Names of integrations. */
  readonly args: readonly string[];
  readonly flags: {
    readonly registry: readonly string[];
    readonly public: boolean;
    readonly all: boolean;
    /** AWS profile, of a command that has that flag. */
    readonly profile?: string | undefined;
  };
  /** Whether it is only decided when docker asks whose password a registry is for, unless an identity is named here. */
  readonly isForLater?: boolean;
}

type TargetsHost = ConfigHost & AskHost;

/**
 * The registries that a command line is about: those it names itself, those of the integrations it names, all, or those
 * linked to the chosen identity. AppErrors "usage" for what does not go together or is no registry, and of the
 * configuration; "identity-not-found" where nothing says the identity of the only integration. Each host once.
 */
export async function ecrTargets(host: TargetsHost, input: TargetsInput): Promise<EcrTargets> {
  const registries = readTypedRegistries(input);
  if (registries.length > 0) return onceEach(await listTyped(host, { registries, input }));
  return onceEach(isAboutIntegrations(input) ? await ofIntegrations(host, input) : await listLinked(host, input));
}

interface EcrHosts {
  readonly registries: readonly string[];
  /** The configuration that names them; undefined where the command line does. */
  readonly by: Pick<LoadedAuth, "config" | "model"> | undefined;
}

/** The host names alone, of the same registries, whoever's they are. */
export async function ecrHosts(host: TargetsHost, input: TargetsInput): Promise<EcrHosts> {
  const given = readTypedRegistries(input);
  if (given.length > 0) return { registries: listHosts(given), by: undefined };
  if (isAboutIntegrations(input)) {
    const { found, ...by } = await askedFor(host, input);
    return { registries: listHosts(found.map(toEcrRegistry)), by };
  }
  const found = await listLinked(host, input);
  return { registries: listHosts(found.map(({ registry }) => registry)), by: found[0]?.as };
}

function listHosts(registries: readonly EcrRegistry[]): readonly string[] {
  return [...new Set(registries.map(registryHost))];
}

const PUBLIC: EcrRegistry = { kind: "public", endpoint: "standard" };

function readTypedRegistries(input: TargetsInput): readonly EcrRegistry[] {
  checkTogether(input);
  const { flags } = input;
  return [...flags.registry.map(checkRegistry), ...(flags.public ? [PUBLIC] : [])];
}

/** Returns whether the user names registries, or integrations for them: what others have given docker may be replaced. */
export function namesRegistries({ args, flags }: Pick<TargetsInput, "args" | "flags">): boolean {
  return args.length > 0 || flags.registry.length > 0 || flags.public;
}

function isAboutIntegrations({ args, flags }: TargetsInput): boolean {
  return flags.all || args.length > 0;
}

function checkTogether({ args, flags }: TargetsInput): void {
  const ways = [
    args.length > 0 ? `"${args[0]}"` : undefined,
    flags.registry.length > 0 ? "--registry" : flags.public ? "--public" : undefined,
    flags.all ? "--all" : undefined,
  ].filter((way) => way !== undefined);
  if (ways.length < 2) return;
  const found = "integrations, registries and --all exclude each other";
  throw usageError({ what: ways.join(" with "), found, hint: "Use one of them, or run the command twice" });
}

/** As the strongest claim says; a line tells it where others could be meant. atmos.yaml need not be there at all. */
async function listTyped(
  host: TargetsHost,
  { registries, input }: { readonly registries: readonly EcrRegistry[]; readonly input: TargetsInput },
): Promise<readonly EcrTarget[]> {
  const { globals, flags, trust, isForLater = false } = input;
  const claims = listClaims(host, { globals, profile: flags.profile });
  const isOpen = isForLater && claims[0]?.kind !== "identity";
  const isConfigured = () => Promise.resolve(!isOpen && hasConfiguration(host, globals));
  const load = () => loadProjectAuth(host, globals, trust);
  const choice = await chooseCredentials(host, { claims, isConfigured, load });
  const { taken: claim, auth } = choice;
  const as = claim.kind === "aws" || auth === undefined
    ? undefined
    : await findRequestedIdentity(host, { globals, auth, claim });
  return registries.map((registry) => {
    return { registry, host: registryHost(registry), integration: undefined, as, claim, choice };
  });
}

async function listLinked(
  host: TargetsHost,
  { globals, trust }: Pick<TargetsInput, "globals" | "trust">,
): Promise<readonly EcrTarget[]> {
  const as = await findRequestedIdentity(host, { globals, auth: await loadProjectAuth(host, globals, trust) });
  const found = findLinked(as.model, buildChain(as.model, as.identity)).filter(isEcr);
  await as.model.trust.require(found.flatMap(({ powers }) => powers));
  const claims = listClaims(host, { globals });
  if (found.length > 0) return found.map((integration) => makeTarget(integration, { as, claims }));
  throw new AppError("usage", `Cannot find a registry: identity "${as.identity}" has no integration of kind aws/ecr`, {
    hint: "Specify one: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, --public, an integration, or --all",
  });
}

async function askedFor(host: TargetsHost, { globals, args, flags, trust }: TargetsInput) {
  const { config, model, problems } = await loadProjectAuth(host, globals, trust);
  reportWarnings(host, {
    problems: flags.all ? problems : problemsAbout({ model, problems }, { integrations: args }),
    globals,
  });
  const found = flags.all ? listEcr(model) : args.map((name) => namedIntegration({ config, model }, name));
  const directory = findDirectoryNamed(config);
  await model.trust.require(found.flatMap(({ powers }) => powers));
  return { model, config, directory, found };
}

async function ofIntegrations(host: TargetsHost, input: TargetsInput): Promise<readonly (EcrTarget | Undecided)[]> {
  const { globals } = input;
  const { model, config, directory, found } = await askedFor(host, input);
  const override = await identityFlag(host, { globals, model, directory });
  const claims = listClaims(host, { globals });
  const isOnly = found.length === 1 && !input.flags.all;
  return found.map((integration) => {
    try {
      if (isWithoutIdentity(globals)) return makeTarget(integration, { as: undefined, claims });
      const identity = override ?? identityFor(model, { integration, preferred: globals.identity });
      return makeTarget(integration, { as: { model, config, directory, identity }, claims });
    } catch (error) {
      if (!(error instanceof AppError) || isOnly) throw error;
      return makeUndecided(integration, error);
    }
  });
}

/** ATMOS_IDENTITY says who one is in general; only the flag says it of this very command. */
async function identityFlag(
  host: TargetsHost,
  { globals, ...known }: { readonly globals: Globals } & Pick<RequestedIdentity, "model" | "directory">,
): Promise<string | undefined> {
  const { identity } = globals;
  if (identity === undefined || identity === host.env.get("ATMOS_IDENTITY")) return undefined;
  if (isWithoutIdentity(globals)) return undefined;
  return await askForIdentity(host, { ...known, globals });
}

function listEcr(model: ConfigModel): readonly EcrIntegration[] {
  const all = [...model.integrations.values()].filter(isEcr);
  if (all.length > 0) return all;
  throw new AppError(
    "usage",
    "Cannot find a registry: no atmos.yaml that was read has an integration of kind aws/ecr",
    {
      hint: "Specify a registry: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, or --public",
    },
  );
}

function makeTarget(
  integration: EcrIntegration,
  { as, claims: [first] }: { readonly as: EcrTarget["as"]; readonly claims: readonly Claim[] },
): EcrTarget {
  const registry = toEcrRegistry(integration);
  const by = first?.by === "--identity" ? first.by : { integration: integration.name };
  const claim = as === undefined ? first! : { kind: "identity", name: as.identity, by } as const;
  return { registry, host: registryHost(registry), integration: integration.name, as, claim, choice: undefined };
}

/** One of several keeps no other back, and is a failure of this run: the configuration is sound. */
function makeUndecided(integration: EcrIntegration, error: AppError): Undecided {
  return {
    host: registryHost(toEcrRegistry(integration)),
    integration: integration.name,
    as: undefined,
    error: error.with({ code: "integration-failed" }),
  };
}

/** Docker knows one login a registry: two identities for one would take it from each other, so it is left to neither. */
function onceEach(asked: readonly (EcrTarget | Undecided)[]): EcrTargets {
  const decided = asked.flatMap((one) => "error" in one ? [] : [one]);
  const undecided = asked.flatMap((one) => "error" in one ? [one] : []);
  const targets: EcrTarget[] = [];
  for (const group of Map.groupBy(decided, ({ host }) => host).values()) {
    const [first] = group;
    const other = group.find((one) => getIdentity(one) !== getIdentity(first!));
    if (other === undefined) targets.push(first!);
    else undecided.push(...both(group, twice(first!, other)));
  }
  return { targets, undecided };
}

function getIdentity({ as }: EcrTarget): string | undefined {
  return as?.identity.toLowerCase();
}

function both(group: readonly EcrTarget[], error: AppError): readonly Undecided[] {
  return group.map(({ host, integration, as }) => ({ host, integration, as, error }));
}

function twice(one: EcrTarget, other: EcrTarget): AppError {
  const [first, second] = [one, other].map(({ as, integration }) => `"${integration}" as ${as?.identity}`);
  return new AppError("integration-failed", `Cannot log in to "${one.host}" twice: ${first} and ${second}`, {
    hint:
      "Docker keeps one login a registry: specify one of the two integrations, or one identity for both: --identity NAME",
  });
}

/** A registry, and as whom docker is to pull from it. */
export interface EcrTarget {
  readonly registry: EcrRegistry;
  readonly host: string;
  /** As written in atmos.yaml; undefined for a registry that was named itself. */
  readonly integration: string | undefined;
  /** undefined: as whoever the environment and ~/.aws say. */
  readonly as: RequestedIdentity | undefined;
  /** What says so. */
  readonly claim: Claim;
  /** For a registry that was named itself. */
  readonly choice: Choice<unknown> | undefined;
}

/** An integration of which nothing says as whom docker is to pull, or two things. */
interface Undecided extends Omit<EcrTarget, "registry" | "claim" | "choice"> {
  readonly error: AppError;
}

/** All that a command line is about. */
export interface EcrTargets {
  /** Each host once. */
  readonly targets: readonly EcrTarget[];
  readonly undecided: readonly Undecided[];
}

type Configured = Pick<LoadedAuth, "config" | "model">;

/**
 * The registry integration of that name. AppError "usage" for a cluster and for a host, "config-not-found",
 * "config-invalid" when there is none or it is broken.
 */
function namedIntegration(auth: Configured, name: string): EcrIntegration {
  const { model } = auth;
  const broken = brokenIntegration(model, name);
  if (broken !== undefined) throw unusableIntegration(broken);
  const found = lookup(model.integrations, name);
  if (found === undefined) throw unknown(auth, name);
  if (isEcr(found)) return found;
  throw new AppError("usage", `Cannot use integration "${found.name}": it is an EKS cluster, not a registry`, {
    hint: remedy`For kubectl: ${nameCommand("aws", "eks", "update-kubeconfig", ...argumentWords(found.name))}`,
  });
}

function unknown({ model, config }: Configured, name: string): AppError {
  if (/\.dkr[.-]ecr|ecr\.aws/.test(name)) {
    return new AppError("usage", `Cannot use integration "${name}": that is the host of a registry`, {
      hint: `A registry goes behind a flag: --registry ${quotePosix(name)}`,
    });
  }
  if (config.files.length > 0) return unknownIntegration(model, { name, kinds: ECR_KINDS });
  return new AppError("config-not-found", `Cannot use integration "${name}": no atmos.yaml was found`, {
    hint: joinLines([
      "Specify the registry itself: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, or --public",
      SET_UP,
    ]),
  });
}
