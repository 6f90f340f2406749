import type { ClusterContext } from "../../../kube/kubectl/cluster_contexts.ts";
import { jsonText, yamlText } from "../../output/json_text.ts";
import { fittedTableLines } from "../../output/table.ts";

/** A cluster as the list shows it. */
export interface ListedCluster {
  readonly name: string;
  readonly arn: string | undefined;
  readonly account: string;
  readonly accountName: string | undefined;
  readonly region: string;
  /** "" where the cluster may not be described. */
  readonly status: string;
  readonly version: string | undefined;
  readonly endpoint: string | undefined;
  /** Of atmos.yaml, that has found it. */
  readonly identity: string | undefined;
  /** The identity's own first. */
  readonly contexts: readonly ClusterContext[];
}

/** Returns the list as text; nothing for a table without rows. */
export async function renderClusters(
  clusters: readonly ListedCluster[],
  { output, width }: {
    readonly output: "table" | "wide" | "json" | "yaml";
    /** Of the terminal, as tableWidth gives it. */
    readonly width: number | undefined;
  },
): Promise<string> {
  if (output === "json") return jsonText(clusters.map(toData));
  if (output === "yaml") return await yamlText(clusters.map(toData));
  if (clusters.length === 0) return "";
  const columns = output === "wide" ? [...COLUMNS, ...WIDE_COLUMNS] : COLUMNS;
  const rows = clusters.map((one) => columns.map(([, cell]) => cell(one) ?? ""));
  const fit = { columns: output === "wide" ? undefined : width, dispensable: ["VERSION", "STATUS", "IDENTITY"] };
  return fittedTableLines(columns.map(([title]) => title), rows, fit).map((line) => `${line}\n`).join("");
}

type Column = readonly [title: string, cell: (cluster: ListedCluster) => string | undefined];

const COLUMNS: readonly Column[] = [
  ["CLUSTER", ({ name }) => name],
  ["ACCOUNT", ({ account, accountName }) => accountName === undefined ? account : `${accountName} (${account})`],
  ["REGION", ({ region }) => region],
  ["STATUS", ({ status }) => status],
  ["VERSION", ({ version }) => version],
  ["IDENTITY", ({ identity }) => identity],
  ["CONTEXT", ({ contexts }) => formatCount(contexts)],
];

/** The first, and how many more there are. */
function formatCount([first, ...more]: readonly ClusterContext[]): string | undefined {
  return first === undefined || more.length === 0 ? first?.name : `${first.name} (+${more.length})`;
}

const WIDE_COLUMNS: readonly Column[] = [
  ["KUBECONFIG", ({ contexts: [first] }) => first?.path],
  ["ENDPOINT", ({ endpoint }) => endpoint],
];

function toData({ name, arn, account, accountName, region, status, version, endpoint, ...found }: ListedCluster) {
  return {
    name,
    arn: arn ?? null,
    account_id: account,
    account_name: accountName ?? null,
    region,
    status: status === "" ? null : status,
    version: version ?? null,
    endpoint: endpoint ?? null,
    identity: found.identity ?? null,
    context: found.contexts[0]?.name ?? null,
    kubeconfig: found.contexts[0]?.path ?? null,
    contexts: found.contexts.map(({ name, path, identity = null }) => ({ name, kubeconfig: path, identity })),
  };
}
