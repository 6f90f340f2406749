import { documentedExample } from "./documented_example.ts";
import { cluster } from "../standin/clusters.ts";
import { type LoginWorld, loginWorld, type LoginWorldOptions, START_URL } from "../runs/login_run.ts";

/** What the document's example leaves to the reader: the provider that it logs in with. */
const PROVIDER = `auth:
  realm: test
  providers:
    company-sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
`;

const ACCOUNTS = [{ id: "123456789012", name: "platform", email: "p@example.com", roles: ["PlatformAdmin", "Reader"] }];

/** The clusters of the document's example. */
const CLUSTERS = [
  cluster("dev-cluster"),
  cluster("staging-cluster", { region: "us-east-1" }),
  cluster("prod-cluster", { region: "us-west-2" }),
];

/** A home with the document's "Multi-Cluster Setup", word for word, `more` laid over it, and an AWS that has its clusters. */
export async function multiCluster(
  { more = "", ...options }: LoginWorldOptions & { more?: string } = {},
): Promise<LoginWorld> {
  const world = await loginWorld({
    config: documentedExample("multi_cluster"),
    clusters: CLUSTERS,
    sso: { accounts: ACCOUNTS },
    ...options,
  });
  world.home.write("repo/atmos.d/provider.yaml", PROVIDER);
  if (more !== "") world.home.write("repo/atmos.d/team.yaml", more);
  return world;
}

export const KUBECONFIG = ".config/atmos/kube/config";
