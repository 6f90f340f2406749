import { type Chain, chainOf } from "../../auth/chain.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { linkedIdentity } from "../update_kubeconfig/linked_identity.ts";
import type { ConfigModel } from "../../integrations/model.ts";
import type { SpecOf } from "../../integrations/runners/runner.ts";
import type { EksContext } from "../../kube/eks_entries.ts";

export interface WhoInput {
  readonly model: ConfigModel;
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
  readonly context: EksContext;
}

/**
 * The identity that can tell whether a context's cluster exists: the one whose tokens it uses, else one that atmos.yaml
 * links to the cluster, else the one that is named; undefined: the AWS settings of the environment.
 */
export function whoLooks(host: Needs<"env">, { model, said, context }: WhoInput): Chain | undefined {
  const { target: { identity, profile } } = context;
  const named = [identity, profile].find((name) => name !== undefined && isIdentity(model, name));
  if (profile !== undefined && named === undefined) return undefined;
  const linked = integrationFor(model, context);
  return chainFrom(() => named === undefined ? undefined : chainOf(model, named)) ??
    chainFrom(() => linked && linkedIdentity(host, { model, integration: linked, said })) ??
    chainFrom(() => said === undefined || said === "" ? undefined : chainOf(model, said));
}

function isIdentity({ identities }: ConfigModel, name: string): boolean {
  return [...identities.keys()].some((one) => one.toLowerCase() === name.toLowerCase());
}

function integrationFor({ integrations }: ConfigModel, { target }: EksContext): SpecOf<"aws/eks"> | undefined {
  return [...integrations.values()].find((one): one is SpecOf<"aws/eks"> =>
    one.kind === "aws/eks" && one.cluster.name === target.cluster && one.cluster.region === target.region
  );
}

function chainFrom(find: () => Chain | undefined): Chain | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
