import { callSettings, findEndpoint } from "../../../auth/flow/call_settings.ts";
import { credentials } from "../../../auth/login/credentials.ts";
import { CALL_AWS, type CredentialPolicy, LOG_IN, STORED_ONLY } from "../../../auth/login/policies.ts";
import type { AwsAccess } from "../../../aws/client/client_config.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import { getCallerIdentity } from "../../../aws/sts/sts.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";
import { findDirectoryNamed } from "../../../config/load_config.ts";
import { AppError } from "../../../errors.ts";
import type { LoadedAuth } from "../../project/load.ts";
import { type Globals, isWithoutIdentity } from "../../args/global_flags.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalUi } from "../../login/terminal_ui.ts";
import { buildChain, type Chain } from "../../../auth/model/chain.ts";
import type { Needs } from "../../../host/host.ts";
import { isSameName } from "../../../integrations/contract/linked.ts";
import type { ConfigModel } from "../../../integrations/contract/model.ts";
import { type EksIntegration, isEks } from "../../../integrations/eks/eks_integration.ts";
import type { EksContext } from "../../../kube/kubeconfig/eks_contexts.ts";
import { configuredIdentities } from "../../../auth/model/configured_identities.ts";
import { evidentIdentity } from "../../../auth/model/select_identity.ts";
import { listClaims } from "../../login/credential_claims.ts";
import { findTypedIdentity } from "../../login/select_identity.ts";
import { linkedIdentity } from "../../provision/linked_identity.ts";

/** Credentials, and the account that they are of. */
export interface Caller extends AwsAccess {
  readonly account: string;
}

export interface CallersInput extends Pick<LoadedAuth, "config" | "model"> {
  readonly globals: Globals;
  /** Whether nothing may be written: then only what an earlier login stored helps. */
  readonly dryRun: boolean;
}

interface Call {
  readonly asker: Asker;
  /** Where to ask who it is. */
  readonly region: string;
}

interface UsableCall extends Call {
  readonly asker: Exclude<Asker, { readonly kind: "unusable" }>;
}

type IdentityAsker = Extract<Asker, { readonly kind: "identity" }>;

/** Who can ask AWS, each looked for once; the user is asked for nothing but what {@link logIn} was called for. */
export class Callers {
  readonly #host: LoginCommandHost;
  readonly #input: CallersInput;
  readonly #ui: LoginUi;
  readonly #known = new Map<string, Promise<Caller | AppError>>();
  /** Who has been logged in, or could not be. */
  readonly #asked = new Set<string>();
  /** Providers that the user did not log in with when asked to. */
  readonly #refused = new Set<string>();

  constructor(host: LoginCommandHost, input: CallersInput) {
    this.#host = host;
    this.#input = input;
    this.#ui = terminalUi(host, { globals: input.globals });
  }

  /** With what is stored, or can be had without the user. */
  ready({ asker, region }: Call): Promise<Caller | AppError> {
    if (asker.kind === "unusable") return Promise.resolve(asker.error);
    const key = askerKey(asker);
    const found = this.#known.get(key) ??
      this.#caller({ asker, region, policy: this.#input.dryRun ? STORED_ONLY : CALL_AWS });
    this.#known.set(key, found);
    return found;
  }

  /** Whether the user could help, and was not asked yet. */
  mayLogIn(asker: Asker): asker is IdentityAsker {
    if (this.#input.dryRun || !this.#ui.interactive || asker.kind !== "identity") return false;
    return !this.#asked.has(askerKey(asker)) && !this.#refused.has(asker.chain.provider?.name ?? "");
  }

  /** Lets the user log in; who failed for want of a login may be ready then, too. */
  async logIn({ asker, region }: Call & { readonly asker: IdentityAsker }): Promise<void> {
    const key = askerKey(asker);
    this.#asked.add(key);
    const caller = await this.#caller({ asker, region, policy: LOG_IN });
    if (caller instanceof AppError) {
      this.#known.set(key, Promise.resolve(caller));
      const provider = asker.chain.provider?.name;
      if (provider !== undefined && caller.code.startsWith("login-")) this.#refused.add(provider);
      return;
    }
    for (const [other, known] of this.#known) {
      const found = await known;
      if (found instanceof AppError && found.code === "login-needed") this.#known.delete(other);
    }
    this.#known.set(key, Promise.resolve(caller));
  }

  async #caller(call: UsableCall & { readonly policy: CredentialPolicy }): Promise<Caller | AppError> {
    try {
      const access = await this.#access(call);
      const { account } = await getCallerIdentity(this.#host, access);
      return { ...access, account };
    } catch (error) {
      if (error instanceof AppError && error.code !== "interrupted") return error;
      throw error;
    }
  }

  async #access({ asker, region, policy }: UsableCall & { readonly policy: CredentialPolicy }): Promise<AwsAccess> {
    if (asker.kind === "settings") {
      const profile = asker.profile === undefined ? {} : { profile: asker.profile };
      return await openSession(this.#host, { region, ...profile });
    }
    const { name, chain } = asker;
    const { model, config } = this.#input;
    const target = { model, directory: findDirectoryNamed(config), identity: name };
    const active = await credentials(this.#host, { target, ui: this.#ui }, policy);
    const endpointUrl = findEndpoint(chain);
    return {
      credentials: active.credentials,
      region,
      settings: callSettings(this.#host, { endpointUrl, inBatch: true }),
    };
  }
}

/** Someone who may be able to tell whether a cluster exists. */
export type Asker =
  /** An identity of atmos.yaml. */
  | { readonly kind: "identity"; readonly name: string; readonly chain: Chain }
  /** One that is broken: why it cannot be asked, and no other is instead. */
  | { readonly kind: "unusable"; readonly name: string; readonly error: AppError }
  /** Whoever the AWS settings of the environment, or of a profile, mean. */
  | { readonly kind: "settings"; readonly profile: string | undefined };

/** A context, and the identity that it was written for once, where that is known. */
export interface FoundContext extends EksContext {
  readonly writtenFor: string | undefined;
}

interface AskersInput {
  readonly model: ConfigModel;
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
  /** Of one cluster. */
  readonly contexts: readonly FoundContext[];
}

/**
 * Who may know of a cluster, the likeliest first, each once: who is named on the command line or in atmos.yaml for that
 * very question, those whose tokens its contexts use, those that atmos.yaml links to it, ATMOS_IDENTITY; and, where a
 * context names none, or nothing else does, the environment and the default or only identity, in the order that all
 * commands have.
 */
export function listCallers(host: Needs<"env">, { model, said, contexts }: AskersInput): readonly Asker[] {
  if (isWithoutIdentity({ identity: said })) {
    return onceEach([...contexts.flatMap((one) => listProfileCallers(model, one)), ENVIRONMENT]);
  }
  const integrations = integrationsFor(model, contexts[0]!);
  const named: readonly (Asker | undefined)[] = [
    as(model, findTypedIdentity(host, { identity: said })),
    ...integrations.map(({ cluster }) => as(model, cluster.describeIdentity)),
    ...contexts.flatMap((context) => listUsers(model, context)),
    ...integrations.map((integration) =>
      findIdentityCaller(integration.name, () => linkedIdentity(host, { model, integration, said }))
    ),
    as(model, said),
  ];
  const found = named.filter((one) => one !== undefined);
  const namesNone = ({ target }: FoundContext) => target.identity === undefined && target.profile === undefined;
  const isOpen = found.length === 0 || contexts.some(namesNone);
  return onceEach(isOpen ? [...found, ...unnamedAskers(host, model)] : found);
}

/** Keys and AWS_PROFILE come before the identity, what else the AWS CLI would find after it; nothing after a broken one. */
function unnamedAskers(host: Needs<"env">, model: ConfigModel): readonly Asker[] {
  const evident = evidentAsker(model);
  const isFirst = listClaims(host, { globals: { identity: undefined } }).some(({ kind }) => kind === "aws");
  if (evident === undefined) return [ENVIRONMENT];
  if (isFirst) return [ENVIRONMENT, evident];
  return evident.kind === "unusable" ? [evident] : [evident, ENVIRONMENT];
}

function evidentAsker(model: ConfigModel): Asker | undefined {
  try {
    return as(model, evidentIdentity(model));
  } catch (error) {
    if (error instanceof AppError) return { kind: "unusable", name: "default", error };
    throw error;
  }
}

function onceEach(askers: readonly Asker[]): readonly Asker[] {
  return [...new Map(askers.map((one) => [askerKey(one), one])).values()];
}

const ENVIRONMENT: Asker = { kind: "settings", profile: undefined };

export function askerKey(asker: Asker): string {
  return JSON.stringify(asker.kind === "settings" ? ["settings", asker.profile] : ["identity", asker.name]);
}

/** What a person knows it by. */
export function askerTitle(asker: Asker): string {
  if (asker.kind !== "settings") return `identity "${asker.name}"`;
  return asker.profile === undefined ? "the environment's credentials" : `AWS profile "${asker.profile}"`;
}

/** A profile is that of an identity where there is one of that name: a login keeps the credentials under it. */
function listUsers(model: ConfigModel, context: FoundContext): readonly (Asker | undefined)[] {
  const { target: { identity, profile }, writtenFor } = context;
  const settings = listProfileCallers(model, context);
  return [as(model, identity), ...(settings.length > 0 ? settings : [as(model, profile)]), as(model, writtenFor)];
}

/** The AWS profile of a context, where it is no identity's. */
function listProfileCallers(model: ConfigModel, { target: { profile } }: FoundContext): readonly Asker[] {
  const isIdentity = configuredIdentities(model).some(({ name }) => isSameName(name, profile));
  return profile === undefined || isIdentity ? [] : [{ kind: "settings", profile }];
}

function integrationsFor({ integrations }: ConfigModel, { target, arn }: EksContext): readonly EksIntegration[] {
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  return [...integrations.values()].filter(isEks).filter(({ cluster }) =>
    cluster.name === name && cluster.region === target.region
  );
}

function as(model: ConfigModel, name: string | undefined): Asker | undefined {
  return name === undefined || name === "" ? undefined : findIdentityCaller(name, () => buildChain(model, name));
}

/** undefined for one that atmos.yaml does not have. */
function findIdentityCaller(name: string, find: () => Chain): Asker | undefined {
  try {
    const chain = find();
    return { kind: "identity", name: chain.identities.at(-1)!.name, chain };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "identity-not-found" ? undefined : { kind: "unusable", name, error };
  }
}
