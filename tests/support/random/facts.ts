import type { EntryFacts } from "../../../src/kube/kubeconfig/entry.ts";
import { awsPlugin } from "../../../src/kube/exec/exec_plugin.ts";
import type { RandomSource } from "./source.ts";

/** Facts of a cluster, with names that are hard on YAML readers. */
export function randomFacts(random: RandomSource): EntryFacts {
  const name = random.pick(["dev", "prod-1", "08", "1e3", "y", "A-b_c"]);
  const region = random.pick(["us-east-2", "eu-west-1"]);
  const profile = random.pick([undefined, undefined, "dev", "team: x"]);
  const alias = random.pick([undefined, "dev", "new one", "no", "höhe", "12:30"]);
  return {
    name,
    arn: `arn:aws:eks:${region}:123456789012:cluster/${name}`,
    endpoint: "https://ABC.gr7.us-east-2.eks.amazonaws.com",
    certificateAuthorityData: "LS0tLS1CRUdJTi0tLS0t",
    region,
    account: "123456789012",
    ...(alias === undefined ? {} : { alias }),
    ...(random.chance(0.3) ? { namespace: random.pick(["kube-system", "on"]) } : {}),
    exec: awsPlugin({ clusterName: name, region, ...(profile === undefined ? {} : { profile }) }),
  };
}
