import { equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../config/multi_cluster.ts";
import { cluster } from "../standin/clusters.ts";
import { type LoginWorld, loginWorld, START_URL } from "./login_run.ts";

const ROLES = ["Dev", "Prod", "Reader", "Platform"];
const ACCOUNTS = [{ id: "123456789012", name: "main", email: "m@example.com", roles: ROLES }];
const CLUSTERS = [
  cluster("dev-cluster"),
  cluster("prod-cluster", { region: "us-west-2" }),
  cluster("staging-cluster", { region: "us-east-1" }),
];

const identity = (role: string) =>
  `{kind: aws/permission-set, via: {provider: sso}, principal: {name: ${role}, account: {id: "123456789012"}}}`;
const eks = (via: string, name: string, settings: string) =>
  `{kind: aws/eks, via: {identity: ${via}}, spec: {cluster: {name: ${name}-cluster, ${settings}}}}`;

const IDENTITIES = `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    dev-admin: ${identity("Dev")}
    Prod-Admin: ${identity("Prod")}
    reader: ${identity("Reader")}
    platform: ${identity("Platform")}
`;

const INTEGRATIONS = `  integrations:
    dev/eks: ${eks("dev-admin", "dev", "region: us-east-2, alias: dev")}
    prod/eks: ${eks("prod-admin", "prod", "region: us-west-2, aliases: [prod, production]")}
    staging/eks: ${eks("platform", "staging", "region: us-east-1, alias: staging")}
    other/eks: ${eks("platform", "dev", "region: us-east-2, alias: other")}
`;

/** The directory of the files that select a context. */
export const SELECTORS = ".local/state/atmos/kube/selectors";
const NAMES = ["dev-admin", "prod-admin", "reader", "platform"];

/**
 * Four identities that are logged in: dev-admin, Prod-Admin (one cluster, two aliases), platform (two clusters), reader
 * (none). All clusters are in one kubeconfig, whose current-context is dev-admin's.
 */
export async function contextWorld(): Promise<LoginWorld> {
  const world = await loginWorld({
    config: IDENTITIES + INTEGRATIONS,
    clusters: CLUSTERS,
    sso: { accounts: ACCOUNTS },
  });
  for (const name of NAMES) {
    const { status, stderr } = await world.run(["auth", "login", name, "--strict"]);
    equal(status, 0, stderr);
  }
  match(world.home.read(KUBECONFIG)!, /^current-context: dev$/m);
  return world;
}

/** The same identities without a cluster. */
export async function worldWithoutClusters(): Promise<LoginWorld> {
  const world = await loginWorld({ config: IDENTITIES, sso: { accounts: ACCOUNTS } });
  equal((await world.run(["auth", "login", "reader"])).status, 0);
  return world;
}

/** The files of selectors that are there, but for those that stay: of running processes, or killed ones. */
export function openSelectors({ home }: LoginWorld): readonly string[] {
  const all = home.files().filter((path) => path.startsWith(`${SELECTORS}/`));
  return all.filter((path) => !/\/(?:ended|env-[0-9a-f]+(?:-\d+)?)(?:\.atmos-lock)?$/.test(path));
}

/** Words as a line for a shell. */
export function line(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
}
