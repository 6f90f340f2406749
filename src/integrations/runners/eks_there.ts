import { parseArn } from "../../aws/arn.ts";
import { AppError } from "../../errors.ts";
import { lenientUtf8 } from "../../formats/utf8.ts";
import { valueOf } from "../../formats/yaml_node.ts";
import { textOf } from "../../formats/yaml_value.ts";
import { YamlError } from "../../formats/yaml_error.ts";
import type { Needs } from "../../host/host.ts";
import { parseKubeconfig } from "../../kube/kubeconfig.ts";
import { readKubeconfig } from "../../kube/kubeconfig_file.ts";
import { aliasesOf } from "./eks_facts.ts";
import { isClusterOf } from "./eks_owned.ts";
import type { RunInput } from "./runner.ts";

type EksInput = Omit<RunInput<"aws/eks">, "credentialsOf">;

export interface ThereInput {
  readonly inputs: readonly EksInput[];
  /** Of the kubeconfig that all of them go into. */
  readonly path: string;
}

/** Whether a kubeconfig has every context of each integration, for its cluster. It is read once. Permission: read. */
export function areEksThere(host: Needs<"read">, { inputs, path }: ThereInput): readonly boolean[] {
  const contexts = contextsIn(host, path);
  const byCluster = Map.groupBy(contexts, ({ arn }) => clusterKey(parseArn(arn)?.region, parseArn(arn)?.resource));
  return inputs.map((input) => {
    const { region, name } = input.integration.cluster;
    return isThere(input, byCluster.get(clusterKey(region, `cluster/${name}`)) ?? []);
  });
}

interface KnownContext {
  readonly name: string;
  /** Of its cluster, which is there. */
  readonly arn: string;
}

function contextsIn(host: Needs<"read">, path: string): readonly KnownContext[] {
  try {
    const bytes = readKubeconfig(host, path);
    return bytes === undefined ? [] : contextsOf(lenientUtf8(bytes));
  } catch (error) {
    // What cannot be read is reported by who writes it.
    if (error instanceof AppError || error instanceof YamlError) return [];
    throw error;
  }
}

function contextsOf(source: string): readonly KnownContext[] {
  const { contexts, clusters } = parseKubeconfig(source);
  return [...contexts.entries.values()].flatMap(({ name, payload }) => {
    const arn = textOf(valueOf(payload, "cluster")) ?? "";
    return clusters.entries.has(arn) ? [{ name, arn }] : [];
  });
}

function clusterKey(region: string | undefined, resource: string | undefined): string {
  return `${region} ${resource}`;
}

function isThere(input: EksInput, contexts: readonly KnownContext[]): boolean {
  const ours = contexts.flatMap(({ name, arn }) =>
    isClusterOf(input, arn) ? [{ name, account: parseArn(arn)!.account }] : []
  );
  if (input.integration.cluster.aliases.length === 0) return ours.length > 0;
  return ours.some(({ account }) =>
    aliasesOf(input, account).every((alias) => ours.some((one) => one.name === alias && one.account === account))
  );
}
