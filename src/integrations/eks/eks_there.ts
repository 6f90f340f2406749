import { parseArn } from "../../aws/names/arn.ts";
import { AppError } from "../../errors.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { YamlError } from "../../formats/text/source_error.ts";
import type { Needs } from "../../host/host.ts";
import type { ExecTarget } from "../../kube/exec/exec_target.ts";
import { parseKubeconfig } from "../../kube/kubeconfig/kubeconfig.ts";
import { readKubeconfig } from "../../kube/kubeconfig/kubeconfig_file.ts";
import { NamesInUse } from "../../kube/kubeconfig/names_in_use.ts";
import { isSameName } from "../contract/linked.ts";
import { readAuthorRecord } from "./author_record.ts";
import { listAliases } from "./eks_facts.ts";
import { isClusterOf } from "./eks_owned.ts";
import type { RunInput } from "../contract/runner.ts";
import type { EksIntegration } from "./eks_integration.ts";

type EksInput = Omit<RunInput<EksIntegration>, "credentialsOf">;

interface ThereInput {
  readonly inputs: readonly EksInput[];
  /** Of the kubeconfig that all of them go into. */
  readonly path: string;
}

/**
 * Whether a kubeconfig has every context of each integration, for its cluster and with a user that is its identity. It
 * is read once. Permissions: env, read, sys.
 */
export function areEksThere(
  host: Needs<"env" | "read" | "sys">,
  { inputs, path }: ThereInput,
): readonly boolean[] {
  const contexts = withoutForeign(host, { contexts: contextsIn(host, path), inputs, path });
  const byCluster = Map.groupBy(contexts, ({ arn }) => clusterKey(parseArn(arn)?.region, parseArn(arn)?.resource));
  return inputs.map((input) => {
    const { region, name } = input.integration.cluster;
    return isThere(input, byCluster.get(clusterKey(region, `cluster/${name}`)) ?? []);
  });
}

/** Without those whose plugin says another atmos.yaml, where that is another configuration's: so are its identities. */
function withoutForeign(
  host: Needs<"env" | "read" | "sys">,
  { contexts, inputs, path }: ThereInput & { readonly contexts: readonly KnownContext[] },
): readonly KnownContext[] {
  const [first] = inputs;
  const isOther = ({ target }: KnownContext) =>
    target.plugin === "atmos" && target.configFlags !== first?.configFlags.join(" ");
  if (first === undefined || !contexts.some(isOther)) return contexts;
  const foreign = new Set(readAuthorRecord(host, first.author).foreignIn(path).map(({ name }) => name));
  return contexts.filter((one) => !isOther(one) || !foreign.has(one.name));
}

interface KnownContext {
  readonly name: string;
  /** Of its cluster, which is there. */
  readonly arn: string;
  /** What its user, which is there, makes tokens for. */
  readonly target: ExecTarget;
}

function contextsIn(host: Needs<"read">, path: string): readonly KnownContext[] {
  try {
    const bytes = readKubeconfig(host, path);
    return bytes === undefined ? [] : readContexts(lenientUtf8(bytes));
  } catch (error) {
    // What cannot be read is reported by who writes it.
    if (error instanceof AppError || error instanceof YamlError) return [];
    throw error;
  }
}

function readContexts(source: string): readonly KnownContext[] {
  const config = parseKubeconfig(source);
  const names = new NamesInUse(config);
  return names.contexts().flatMap(({ name, cluster = "", user = "" }) => {
    const target = names.user(user);
    return config.clusters.entries.has(cluster) && target !== undefined ? [{ name, arn: cluster, target }] : [];
  });
}

function clusterKey(region: string | undefined, resource: string | undefined): string {
  return `${region} ${resource}`;
}

function isThere(input: EksInput, contexts: readonly KnownContext[]): boolean {
  const ours = contexts.filter(({ arn, target }) => isClusterOf(input, arn) && isAs(input, target));
  // Where no name is asked for, someone may have given it one.
  return ours.some(({ arn }) =>
    listAliases(input, parseArn(arn)!.account).every((alias) =>
      ours.some((one) => one.name === alias && one.arn === arn)
    )
  );
}

/** Another identity's entry is none of this one's; a plugin that someone has put there is theirs to answer for. */
function isAs({ identity, namesIdentity = false }: EksInput, { plugin, ...target }: ExecTarget): boolean {
  if (plugin === "atmos") return isSameName(target.identity, identity);
  if (plugin !== "aws") return true;
  return target.profile === undefined ? !namesIdentity : isSameName(target.profile, identity);
}
