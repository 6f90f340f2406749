import type { Chain } from "../../../auth/model/chain.ts";
import { regionOf } from "../../../auth/model/chain.ts";
import { checkRegion } from "../../../aws/names/names.ts";
import { AppError } from "../../../errors.ts";
import type { SpecOf } from "../../../integrations/contract/runner.ts";

export interface ClusterInput {
  readonly name: string;
  readonly chain: Chain;
  /** `--region`. */
  readonly region: string | undefined;
}

/** A cluster that is only named on the command line, as if atmos.yaml linked it to the identity. AppError "usage". */
export function clusterAsIntegration({ name, chain, region = regionOf(chain) }: ClusterInput): SpecOf<"aws/eks"> {
  const identity = chain.identities.at(-1)!;
  if (region === undefined) {
    throw new AppError("usage", `Cannot find EKS cluster "${name}": no region is given, and the identity has none`, {
      hint: "Give one: --region REGION",
    });
  }
  return {
    kind: "aws/eks",
    name,
    place: identity.place,
    via: { identity: identity.name, provider: undefined },
    autoProvision: false,
    cluster: {
      name,
      region: checkRegion(region),
      aliases: [],
      namespace: undefined,
      userAlias: undefined,
      roleArn: undefined,
      execCommand: undefined,
      proxyUrl: undefined,
      tlsServerName: undefined,
      known: undefined,
      describeIdentity: undefined,
      kubeconfig: { path: undefined, mode: undefined, update: "merge" },
    },
  };
}
