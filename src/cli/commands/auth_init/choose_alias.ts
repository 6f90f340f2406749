import { aliasFault, expandAlias } from "../../../integrations/eks/alias.ts";
import { peek } from "../../../integrations/contract/sealed.ts";
import { PLACEHOLDER_LIST } from "../../../integrations/eks/alias_placeholders.ts";
import { isEks } from "../../../integrations/eks/eks_integration.ts";
import { tryReadKubeconfig } from "../../../kube/kubectl/current_context.ts";
import { locateKubeconfig } from "../../../kube/kubeconfig/locate.ts";
import { usageError } from "../../args/usage_error.ts";
import type { FoundCluster } from "../../fleet/scan_clusters.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { chooseOne } from "../../prompt/choose_one.ts";
import { askText, makeCancellation } from "./ask_text.ts";
import type { Step } from "./choose_portal.ts";

/** A cluster with the name of its integration. */
export interface NamedCluster extends FoundCluster {
  readonly integration: string;
}

/** The same with the name of its context. */
export interface PlannedCluster extends NamedCluster {
  readonly alias: string;
}

type AliasInput = Step & {
  readonly clusters: readonly NamedCluster[];
  /** Of the kubeconfig that they go into. */
  readonly kubeconfig: string | undefined;
};

/** The shortest first. */
const TEMPLATES = [
  "{cluster}",
  "{account_name}-{cluster}",
  "{region}-{cluster}",
  "{account_name}-{region}-{cluster}",
  "{account}-{region}-{cluster}",
] as const;

/**
 * Returns the clusters with the names of their contexts: as `--alias` or the user says, else the shortest that no two of
 * them, no other integration and no context of another cluster have.
 * @throws {AppError} usage for a template that is none, or gives two clusters one name; interrupted
 */
export async function chooseAliases(host: LoginCommandHost, input: AliasInput): Promise<readonly PlannedCluster[]> {
  const { clusters, asks, input: { flags } } = input;
  if (clusters.length === 0) return [];
  const names = new ContextNames(host, input);
  if (flags.alias !== undefined) return names.apply(names.check(flags.alias));
  const fitting = TEMPLATES.filter((template) => names.clash(template) === undefined);
  const usual = fitting[0] ?? TEMPLATES.at(-1)!;
  return names.apply(asks ? await ask(host, { names, fitting, step: input }) : usual);
}

async function ask(
  host: LoginCommandHost,
  { names, fitting, step }: {
    readonly names: ContextNames;
    readonly fitting: readonly string[];
    readonly step: Step;
  },
): Promise<string> {
  const options = fitting.map((name) => ({ name, note: names.preview(name) }));
  const among = [...options, { name: OTHER, note: `of ${PLACEHOLDER_LIST}` }];
  const question = "Which context names for kubectl?";
  const chosen = await chooseOne(host, { question, among, globals: step.input.globals });
  if (chosen === undefined) throw makeCancellation();
  if (chosen.name !== OTHER) return chosen.name;
  return await askText(host, {
    question: "Template",
    usual: fitting[0] ?? "{cluster}",
    check: (one) => names.check(one),
  });
}

const OTHER = "another template";
const SHOWN = 3;

class ContextNames {
  readonly #clusters: readonly NamedCluster[];
  /** By name; the end of the ARN of the cluster that has it, "" where it is another integration's. */
  readonly #taken: ReadonlyMap<string, string>;

  constructor(host: LoginCommandHost, { clusters, existing, kubeconfig }: AliasInput) {
    this.#clusters = clusters;
    const integrations = [...existing.model.integrations.values()].filter(isEks).map(peek);
    const { path } = locateKubeconfig(host, kubeconfig);
    const contexts = tryReadKubeconfig(host, path)?.names.contexts() ?? [];
    this.#taken = new Map([
      ...contexts.map(({ name, cluster = "" }): [string, string] => [name, cluster]),
      ...integrations.flatMap(({ cluster }) => cluster.aliases.map((name): [string, string] => [name, ""])),
    ]);
  }

  apply(template: string): readonly PlannedCluster[] {
    return this.#clusters.map((cluster) => ({ ...cluster, alias: expand(template, cluster) }));
  }

  preview(template: string): string {
    const names = this.apply(template).map(({ alias }) => alias);
    return names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "");
  }

  /** A name that two clusters would have, or that is taken; undefined where there is none. */
  clash(template: string): string | undefined {
    const seen = new Set<string>();
    return this.apply(template).find(({ alias, caller, region, name }) => {
      const owner = this.#taken.get(alias);
      const isTaken = owner !== undefined && !owner.endsWith(`:${region}:${caller.account}:cluster/${name}`);
      const isTwice = seen.has(alias);
      seen.add(alias);
      return isTaken || isTwice;
    })?.alias;
  }

  check(template: string): string {
    const fault = template === "" ? "it is empty" : aliasFault(template);
    const clash = fault === undefined ? this.clash(template) : undefined;
    if (fault === undefined && clash === undefined) return template;
    const free = TEMPLATES.find((one) => this.clash(one) === undefined);
    throw usageError({
      what: `--alias ${JSON.stringify(template)}`,
      found: fault ?? `another cluster or context is called ${JSON.stringify(clash)}`,
      hint: free === undefined ? "Choose another template" : `Give --alias '${free}'`,
    });
  }
}

/** Braces of an account's name would be a template again where atmos.yaml has them. */
function expand(template: string, { name, region, caller, integration }: NamedCluster): string {
  const { account, accountName, identity = "" } = caller;
  const facts = { cluster: name, region, account, accountName, identity, integration };
  return expandAlias(template, facts).replaceAll(/[{}]/g, "");
}
