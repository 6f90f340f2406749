import { chainOf } from "../../auth/chain.ts";
import { checkRegistry, type EcrRegistry, registryHost } from "../../aws/ecr_registry.ts";
import type { ConfigHost } from "../../config/load_config.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { ecrRegistryOf } from "../../integrations/ecr_registry_of.ts";
import { linkedTo } from "../../integrations/linked.ts";
import type { ConfigModel, Integration } from "../../integrations/model.ts";
import { authOf, warnOf } from "../config_of.ts";
import type { Globals } from "../global_flags.ts";
import { chosenIdentity } from "../login/chosen_identity.ts";
import { wantedIdentity } from "../login/wanted_identity.ts";
import { usageError } from "../usage_error.ts";
import { type EcrIntegration, namedIntegration } from "./named_integration.ts";
import { identityOf } from "./identity_of.ts";
import type { EcrTarget } from "./ecr_target.ts";

export interface TargetsInput {
  readonly globals: Globals;
  /** Names of integrations. */
  readonly args: readonly string[];
  readonly flags: { readonly registry: readonly string[]; readonly public: boolean; readonly all: boolean };
}

type TargetsHost = ConfigHost & Needs<"terminal">;

/**
 * The registries that a command line is about: those it names itself, those of the integrations it names, all, or those
 * linked to the chosen identity. AppErrors "usage" for what does not go together or is no registry, and of the
 * configuration. Each host once.
 */
export async function ecrTargets(host: TargetsHost, input: TargetsInput): Promise<readonly EcrTarget[]> {
  checkTogether(input);
  const { flags, args } = input;
  const registries = [...flags.registry.map(checkRegistry), ...(flags.public ? [PUBLIC] : [])];
  if (registries.length > 0) return onceEach(await typed(host, { registries, globals: input.globals }));
  return onceEach(flags.all || args.length > 0 ? await ofIntegrations(host, input) : await linked(host, input.globals));
}

const PUBLIC: EcrRegistry = { kind: "public", endpoint: "standard" };

function checkTogether({ args, flags }: TargetsInput): void {
  const ways = [
    args.length > 0 ? `"${args[0]}"` : undefined,
    flags.registry.length > 0 ? "--registry" : flags.public ? "--public" : undefined,
    flags.all ? "--all" : undefined,
  ].filter((way) => way !== undefined);
  if (ways.length < 2) return;
  const found = "integrations, registries and --all do not go together";
  throw usageError({ what: ways.join(" with "), found, hint: "Give one of them, or type the command twice." });
}

/** As the identity that is named, else as whoever the environment says: atmos.yaml need not be there at all. */
async function typed(
  host: TargetsHost,
  { registries, globals }: { readonly registries: readonly EcrRegistry[]; readonly globals: Globals },
): Promise<readonly EcrTarget[]> {
  const as = globals.identity === undefined ? undefined : await wantedIdentity(host, { globals });
  return registries.map((registry) => ({ registry, host: registryHost(registry), integration: undefined, as }));
}

async function linked(host: TargetsHost, globals: Globals): Promise<readonly EcrTarget[]> {
  const as = await wantedIdentity(host, { globals });
  const found = linkedTo(as.model, chainOf(as.model, as.identity)).filter(isEcr);
  if (found.length > 0) return found.map((integration) => targetOf(integration, as));
  throw new AppError("usage", `Cannot find a registry: identity "${as.identity}" has no integration of kind aws/ecr`, {
    hint: "Name one: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, --public, an integration, or --all",
  });
}

async function ofIntegrations(
  host: TargetsHost,
  { globals, args, flags }: TargetsInput,
): Promise<readonly EcrTarget[]> {
  const { config, model, problems } = await authOf(host, globals);
  warnOf(host, { problems, globals });
  const found = flags.all ? allOf(model) : args.map((name) => namedIntegration(model, name));
  const directory = config.files.length === 0 ? undefined : config.directory;
  const override = await identityFlag(host, { globals, model });
  return found.map((integration) => {
    const identity = override ?? identityOf(model, { integration, preferred: globals.identity });
    return targetOf(integration, { model, directory, identity });
  });
}

/** ATMOS_IDENTITY says who one is in general; only the flag says it of this very command. */
async function identityFlag(
  host: TargetsHost,
  { globals, model }: { readonly globals: Globals; readonly model: ConfigModel },
): Promise<string | undefined> {
  const { identity } = globals;
  if (identity === undefined || identity === host.env.get("ATMOS_IDENTITY")) return undefined;
  return await chosenIdentity(host, { model, globals });
}

function allOf(model: ConfigModel): readonly EcrIntegration[] {
  const all = [...model.integrations.values()].filter(isEcr);
  if (all.length > 0) return all;
  throw new AppError(
    "usage",
    "Cannot find a registry: no atmos.yaml that was read has an integration of kind aws/ecr",
    {
      hint: "Name a registry: --registry 123456789012.dkr.ecr.us-east-2.amazonaws.com, or --public",
    },
  );
}

function isEcr(integration: Integration): integration is EcrIntegration {
  return integration.kind !== "aws/eks";
}

function targetOf(integration: EcrIntegration, as: NonNullable<EcrTarget["as"]>): EcrTarget {
  const registry = ecrRegistryOf(integration);
  return { registry, host: registryHost(registry), integration: integration.name, as };
}

/** Docker knows one login a registry: two identities for one would take it from each other. */
function onceEach(targets: readonly EcrTarget[]): readonly EcrTarget[] {
  const first = new Map<string, EcrTarget>();
  for (const target of targets) {
    const before = first.get(target.host);
    if (before === undefined) first.set(target.host, target);
    else if (before.as?.identity.toLowerCase() !== target.as?.identity.toLowerCase()) throw twice(before, target);
  }
  return [...first.values()];
}

function twice(one: EcrTarget, other: EcrTarget): AppError {
  const [first, second] = [one, other].map(({ as, integration }) => `"${integration}" as ${as?.identity ?? "nobody"}`);
  return new AppError("usage", `Cannot log in to "${one.host}" twice: ${first} and ${second}`, {
    hint: "Docker keeps one login a registry: name one of the two integrations.",
  });
}
