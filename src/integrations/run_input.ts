import { findAccountName } from "../auth/model/account_name.ts";
import { type Chain, isAmbient } from "../auth/model/chain.ts";
import { locateStored } from "../auth/login/locate_stored.ts";
import { callSettings } from "../auth/flow/call_settings.ts";
import type { Credentials } from "../aws/client/credentials.ts";
import type { AwsSettings } from "../aws/shared_config/settings.ts";
import type { Needs } from "../host/host.ts";
import type { OneQuestion } from "./contract/ask_once.ts";
import type { Author } from "./contract/author.ts";
import { isSameName } from "./contract/linked.ts";
import type { ConfigModel, Integration } from "./contract/model.ts";
import type { RunInput, TokenAccount } from "./contract/runner.ts";
import { findClusterAccount } from "./eks/cluster_account.ts";
import { isEks } from "./eks/eks_integration.ts";
import { laterNamesakes, namesakes } from "./eks/shared_clusters.ts";

interface RunInputsInput {
  readonly model: ConfigModel;
  /** Of the identity that they are made ready for. */
  readonly chain: Chain;
  readonly integrations: readonly Integration[];
  readonly configFlags: readonly string[];
  readonly author: Author;
  credentialsOf(identity: string): Promise<Credentials>;
  /** The account of the identity's credentials, where atmos.yaml does not say it. */
  readonly account?: string | undefined;
}

/** Returns integrations with all that their runners need to know, for one identity. Permissions: env, read, sys. */
export async function runInputs(
  host: Needs<"env" | "read" | "sys">,
  input: RunInputsInput,
): Promise<readonly RunInput[]> {
  const { model, chain, integrations, configFlags, author, credentialsOf } = input;
  if (integrations.length === 0) return [];
  const { provider, identities } = chain;
  const { name: identity, accountId = input.account, endpointUrl = provider?.endpointUrl } = identities.at(-1)!;
  const shared = namesakes(host, model);
  const later = laterNamesakes(host, model);
  const { place: profileFiles, fingerprint } = await locateStored(host, {
    chain,
    keyring: model.keyring,
    realm: author.realm,
  });
  let known: AwsSettings | undefined;
  const settings = () => known ??= callSettings(host, { endpointUrl, inBatch: true });
  const asked: OneQuestion = new Map();
  return integrations.map((integration) => ({
    integration,
    asked,
    identity,
    credentialsOf,
    settings,
    configFlags,
    author,
    account: findClusterAccount(model, { integration, account: accountId }),
    tokenAccount: findTokenAccount(chain, integration),
    accountName: (account: string) => findAccountName(model, { account, chain }),
    profileFiles,
    fingerprint,
    sharesArn: later.has(integration.name),
    namesIdentity: !isAmbient(chain) && (shared.has(integration.name) || isElsewhere(integration, chain)),
  }));
}

/** None for the environment's own credentials, which may be of any account. */
function findTokenAccount(chain: Chain, integration: Integration): TokenAccount | undefined {
  const { name, accountId: id } = chain.identities.at(-1)!;
  if (id !== undefined) return { id };
  const isOwn = isEks(integration) && isSameName(integration.cluster.describeIdentity ?? name, name);
  return isOwn && !isAmbient(chain) ? "of-cluster" : undefined;
}

/** Whether it is made ready for an identity that it is not linked to. */
function isElsewhere({ via }: Integration, { provider, identities }: Chain): boolean {
  return !isSameName(via.identity, identities.at(-1)!.name) && !isSameName(via.provider, provider?.name);
}
