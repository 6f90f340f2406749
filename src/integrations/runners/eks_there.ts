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

export type ThereInput = Omit<RunInput<"aws/eks">, "credentialsOf"> & {
  /** Of the kubeconfig. */
  readonly path: string;
};

/** Whether a kubeconfig has every context of the integration, each for its cluster. Permission: read. */
export function isEksThere(host: Needs<"read">, input: ThereInput): boolean {
  try {
    const bytes = readKubeconfig(host, input.path);
    return bytes !== undefined && hasContexts(lenientUtf8(bytes), input);
  } catch (error) {
    // What cannot be read is reported by who writes it.
    if (error instanceof AppError || error instanceof YamlError) return false;
    throw error;
  }
}

function hasContexts(source: string, input: ThereInput): boolean {
  const { contexts, clusters } = parseKubeconfig(source);
  const ours = [...contexts.entries.values()].flatMap(({ name, payload }) => {
    const arn = textOf(valueOf(payload, "cluster")) ?? "";
    return clusters.entries.has(arn) && isClusterOf(input, arn) ? [{ name, account: arn.split(":")[4] ?? "" }] : [];
  });
  if (input.integration.cluster.aliases.length === 0) return ours.length > 0;
  return ours.some(({ account }) =>
    aliasesOf(input, account).every((alias) => ours.some((one) => one.name === alias && one.account === account))
  );
}
