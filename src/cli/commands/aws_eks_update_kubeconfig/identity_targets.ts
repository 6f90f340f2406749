import { findDirectoryNamed } from "../../../config/load_config.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import { regionVariable } from "../../args/shared_flags.ts";
import { buildChain, type Chain, findChainRegion, findIdentityRegion } from "../../../auth/model/chain.ts";
import { credentialPowers } from "../../../auth/model/used_powers.ts";
import type { Power } from "../../../config/schema/powers.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { AppError } from "../../../errors.ts";
import { aliasFault } from "../../../integrations/eks/alias.ts";
import { EKS_KIND, type EksIntegration } from "../../../integrations/eks/eks_integration.ts";
import type { LoadedAuth } from "../../project/load.ts";
import { identityBase } from "../../../auth/kinds/identities/fields.ts";
import type { Needs } from "../../../host/host.ts";
import { getTyped } from "../../args/typed_values.ts";
import { isWithoutIdentity } from "../../args/global_flags.ts";
import type { Choice } from "../../login/choose_credentials.ts";
import { findEvidentName, isShellOfAnother, listClaims } from "../../login/credential_claims.ts";
import { askForIdentity } from "../../login/select_identity.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { linkedIdentity } from "../../provision/linked_identity.ts";
import { chooseIntegrations } from "./choose_integrations.ts";
import { applyFlagsToIntegration, chooseOverride, defaultSettings } from "./cluster_settings.ts";
import type { UpdateKubeconfigInput } from "./command.ts";
import { catchAppError, type ResultRow } from "./result_row.ts";
import { type IntegrationSelection, refusedName } from "./select_clusters.ts";
import type { IdentityTarget, IdentityTargets } from "./targets.ts";

export interface NamedCluster {
  readonly input: UpdateKubeconfigInput;
  /** Of the cluster. */
  readonly name: string;
  /** An identity. */
  readonly choice: Choice<unknown>;
  readonly auth: LoadedAuth;
  /** Whether the user has typed the cluster's name, or the context's. */
  readonly areNamesTyped: boolean;
  /** The error where neither a flag, a variable nor the identity says a region; by default that of a cluster by its name. */
  readonly regionMissing?: () => AppError;
}

/** A cluster by its name, as the identity that is meant. AppErrors of askForIdentity and buildChain, and "usage" without a region. */
export async function identityTargets(
  host: LoginCommandHost,
  { input, name, choice, auth: { model, ...auth }, areNamesTyped, regionMissing = () => noRegion(name) }: NamedCluster,
): Promise<IdentityTargets> {
  const { flags, globals } = input;
  checkAlias(flags.alias);
  const directory = findDirectoryNamed(auth.config);
  const identity = choice.taken.name || await askForIdentity(host, { model, directory, globals });
  const chain = buildChain(model, identity);
  const region = flags.region ?? findRegion(host, { chain, identity });
  if (region === undefined) throw regionMissing();
  const integration = applyFlagsToIntegration(host, { integration: asIntegration({ name, chain, region }), flags });
  // It is no integration, though it may be called as one is.
  const said = { names: areNamesTyped, user: flags["user-alias"] !== undefined, namespace: true, execCommand: true };
  const isIdentityImplied = findEvidentName(choice.taken) !== undefined && choice.taken.by !== "auth use";
  const override = { former: "apart", ...said, isIdentityImplied, update: true } as const;
  const result = { chain, claim: { ...choice.taken, name: identity }, integration, override };
  await model.trust.require(credentialPowers(model, chain));
  return { source: "identities", input, auth: { ...auth, model }, rows: [{ name, result }], choice };
}

/** What atmos.yaml says of an identity is above AWS's own variables, which in another identity's shell are that one's. */
function findRegion(
  host: Needs<"env">,
  { chain, identity }: { readonly chain: Chain; readonly identity: string },
): string | undefined {
  const variable = regionVariable(host);
  if (variable?.name === "ATMOS_AWS_REGION") return variable.region;
  const own = findIdentityRegion(chain);
  if (own !== undefined) return own;
  const around = isShellOfAnother(host, identity) ? undefined : variable?.region;
  return around ?? findChainRegion(chain);
}

function noRegion(name: string): AppError {
  return new AppError("usage", `Cannot find EKS cluster "${name}": no region was given, and the identity has none`, {
    hint: "Specify one: --region REGION",
  });
}

/** A cluster that is only named on the command line, as if atmos.yaml linked it to the identity. */
export function asIntegration(
  { name, chain, region }: { readonly name: string; readonly chain: Chain; readonly region: string },
): EksIntegration {
  const identity = chain.identities.at(-1)!;
  return {
    kind: EKS_KIND,
    name,
    place: identity.place,
    via: { identity: identity.name, provider: undefined },
    autoProvision: false,
    powers: [],
    cluster: defaultSettings({ name, region: checkRegion(region) }),
  };
}

/** The integrations that are selected, each as its own identity or the one that the user names. AppErrors of chooseIntegrations. */
export async function integrationTargets(
  host: LoginCommandHost,
  { input, selection, auth }: {
    readonly input: UpdateKubeconfigInput;
    readonly selection: IntegrationSelection;
    readonly auth: LoadedAuth;
  },
): Promise<IdentityTargets> {
  const { flags, globals } = input;
  const { model, config } = auth;
  checkAlias(flags.alias);
  const directory = findDirectoryNamed(config);
  const said = globals.identity === "" ? await askForIdentity(host, { model, directory, globals }) : globals.identity;
  const rows: ResultRow<IdentityTarget>[] = [];
  for (const { name, integration: chosen } of await chooseIntegrations(host, { selection, model, config })) {
    // Flags decide which of its settings are used; trust in these is asked for below, once for all.
    const integration = chosen instanceof AppError ? chosen : peek(chosen);
    const result = integration instanceof AppError ? integration : await catchAppError(() => ({
      ...asWhom(host, { integration, globals, linked: () => linkedIdentity(host, { model, integration, said }) }),
      integration: applyFlagsToIntegration(host, { integration, flags }),
      override: chooseOverride(host, { integration, flags, isIdentityImplied: said === undefined }),
    }));
    rows.push({ name, result });
  }
  await requireForRows(host, { model, rows, flags });
  return { source: "identities", input, auth, rows, choice: undefined };
}

/** The identity that an integration is linked to, or the one that is named instead, or the environment. */
function asWhom(
  host: LoginCommandHost,
  { integration, globals, linked }: {
    readonly integration: EksIntegration;
    readonly globals: UpdateKubeconfigInput["globals"];
    readonly linked: () => Chain;
  },
): Pick<IdentityTarget, "chain" | "claim"> {
  const [first] = listClaims(host, { globals });
  if (isWithoutIdentity(globals)) return { chain: environmentChain(integration), claim: first! };
  const chain = linked();
  const by = first?.by === "--identity" ? first.by : { integration: integration.name };
  return { chain, claim: { kind: "identity", name: chain.identities.at(-1)!.name, by } };
}

/** Asks once for all that the clusters and their identities use. AppError "untrusted". */
async function requireForRows(
  { env }: Needs<"env">,
  { model, rows, flags }: Pick<LoadedAuth, "model"> & {
    readonly rows: readonly ResultRow<IdentityTarget>[];
    readonly flags: UpdateKubeconfigInput["flags"];
  },
): Promise<void> {
  const said = { update: flags.update, kubeconfig: getTyped(flags.kubeconfig, env.get("ATMOS_KUBECONFIG")) };
  const used = rows.flatMap(({ result }) =>
    result instanceof AppError
      ? []
      : [...credentialPowers(model, result.chain), ...integrationPowers(result.integration, said)]
  );
  await model.trust.require(used);
}

/** What atmos.yaml says of a file is judged for the file that it names; of another one none of it is ordinary. */
function integrationPowers(
  { powers }: EksIntegration,
  { kubeconfig, update }: { readonly kubeconfig: string | undefined; readonly update: string | undefined },
): readonly Power[] {
  const ofFile = /\.kubeconfig\.(path|mode|update)$/;
  return powers.flatMap((power) => {
    const [, field] = ofFile.exec(power.path) ?? [];
    if (field === undefined || kubeconfig === undefined) return [power];
    if (field === "path" || (field === "update" && update !== undefined)) return [];
    const { isOrdinary: _, ...strict } = power;
    return field === "update" && power.content.reveal().includes("replace") ? [strict] : [power];
  });
}

/** Stands for the credentials of the environment; the name is that of the identity that is not used. */
function environmentChain({ via, name, place }: EksIntegration): Chain {
  const fields = { ...identityBase({}), region: undefined, isAmbient: true };
  return {
    provider: undefined,
    identities: [{ ...fields, kind: "aws/ambient", via: undefined, name: via.identity ?? name, place, powers: [] }],
  };
}

/** An integration's alias may have facts in braces, and so may one that is typed for it. AppError "usage". */
export function checkAlias(alias: string | undefined): void {
  const found = alias === undefined ? undefined : aliasFault(alias);
  if (found !== undefined) throw refusedName({ flag: "alias", name: alias!, found });
}
