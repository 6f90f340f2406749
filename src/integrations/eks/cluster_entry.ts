import type { ClusterInfo } from "../../aws/eks/usable_cluster.ts";
import type { Needs } from "../../host/host.ts";
import type { EntryFacts } from "../../kube/kubeconfig/entry.ts";
import type { EntryEdit, RecordedFields, SwitchContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { KubeconfigLocation } from "../../kube/kubeconfig/locate.ts";
import type { EksCluster } from "./eks_integration.ts";
import { listPlaceholders } from "./alias_placeholders.ts";
import { eksPlugin, type TokenCredentials } from "./eks_plugin.ts";
import type { Author } from "../contract/author.ts";
import type { Override } from "../contract/runner.ts";

/** What DescribeCluster says of a cluster, or atmos.yaml instead of it. */
export type ClusterFacts = Pick<
  ClusterInfo,
  "name" | "arn" | "endpoint" | "certificateAuthorityData" | "account" | "id"
>;

/** Whom the record of written contexts knows an entry by. */
interface Owner {
  readonly integration: string;
  readonly identity: string;
  readonly author: Author;
  /** What the identity is, by hash. */
  readonly fingerprint?: string | undefined;
  /** The files of the configuration that define the integration. */
  readonly definedIn: readonly string[];
}

/** Says that a cluster's address is that of atmos.yaml. */
export const BY_CONFIGURATION = "configuration";

/** A cluster's entry, and the file that it goes into. */
export interface ClusterEntry {
  /** undefined for a cluster that no identity stands for. */
  readonly owner: Owner | undefined;
  /** The configuration that names the cluster where no identity stands for it. */
  readonly author?: Author | undefined;
  /** The endpoint that has described the cluster, or {@link BY_CONFIGURATION}; undefined: EKS itself. */
  readonly describedBy: string | undefined;
  readonly edit: EntryEdit;
  readonly place: KubeconfigLocation;
  readonly former: Override["former"];
  /** Whether the names of its contexts have words in them that others have said. */
  readonly hasTemplate?: boolean;
  /** Whether the user has typed what its user is called. */
  readonly isUserTyped?: boolean;
  /** What atmos.yaml says of fields that need not be there. */
  readonly configured: RecordedFields;
}

/** Whether it is for what is typed, and no integration of a configuration keeps it up. */
export function isForFlags({ owner, former }: Pick<ClusterEntry, "owner" | "former">): boolean {
  return owner === undefined || former === "apart";
}

interface ClusterEntryInput extends Pick<ClusterEntry, "owner" | "author" | "place" | "describedBy"> {
  /** Its settings: those of atmos.yaml, of flags, or both. */
  readonly cluster: EksCluster;
  readonly facts: ClusterFacts;
  /** Names of contexts; none: the cluster's ARN. */
  readonly aliases: readonly string[];
  readonly credentials: TokenCredentials;
  /** Of the identity, where that is known. */
  readonly tokenAccount?: string | undefined;
  readonly switchContext: SwitchContext;
  readonly override: Override;
}

/** The entry of a cluster that has been described. Permission: sys. */
export function makeClusterEntry(host: Needs<"sys">, input: ClusterEntryInput): ClusterEntry {
  const { cluster, owner, author, place, switchContext, override, describedBy } = input;
  const { kubeconfig: { update }, namespace, proxyUrl, tlsServerName, execCommand } = cluster;
  return {
    owner,
    author: owner?.author ?? author,
    describedBy,
    edit: {
      facts: entryFacts(host, input),
      update,
      isReplaceTyped: override.update,
      areNamesTyped: override.names && !(owner && cluster.aliases.some((alias) => hasWordsOf(owner, alias))),
      isIdentityImplied: override.isIdentityImplied,
      switchContext,
    },
    place,
    former: override.former,
    hasTemplate: cluster.aliases.some((alias) => alias.includes("{")),
    isUserTyped: override.user === true,
    configured: {
      namespace: override.namespace ? undefined : namespace,
      proxyUrl,
      tlsServerName,
      execCommand: override.execCommand ? undefined : execCommand,
    },
  };
}

/** Words for which AWS answers where the user has typed which cluster is meant; all others are the configuration's. */
const WORDS_OF_AWS = ["cluster", "region", "account"];

/** Whether a name that is typed is made of what the configuration says: it has the configuration's standing then. */
function hasWordsOf({ definedIn }: Owner, alias: string): boolean {
  return listPlaceholders(alias).some((word) => definedIn.length > 0 || !WORDS_OF_AWS.includes(word));
}

function entryFacts(
  host: Needs<"sys">,
  { cluster, facts, aliases: [alias, ...moreAliases], credentials, tokenAccount: account }: ClusterEntryInput,
): EntryFacts {
  const plugin = { id: facts.id, credentials, account };
  return {
    name: facts.name,
    arn: facts.arn,
    endpoint: facts.endpoint,
    certificateAuthorityData: facts.certificateAuthorityData,
    region: cluster.region,
    account: facts.account,
    ...(alias === undefined ? {} : { alias, moreAliases }),
    ...(cluster.userAlias === undefined ? {} : { userAlias: cluster.userAlias }),
    ...(cluster.namespace === undefined ? {} : { namespace: cluster.namespace }),
    ...(cluster.proxyUrl === undefined ? {} : { proxyUrl: cluster.proxyUrl }),
    ...(cluster.tlsServerName === undefined ? {} : { tlsServerName: cluster.tlsServerName }),
    exec: eksPlugin(host, { cluster, ...plugin }),
    ...(cluster.execCommand === undefined
      ? { otherExec: eksPlugin(host, { cluster: { ...cluster, execCommand: "atmos" }, ...plugin }) }
      : {}),
  };
}
