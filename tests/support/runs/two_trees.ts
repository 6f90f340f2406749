import { equal } from "node:assert/strict";
import { runAtmos } from "../atmos/run_atmos.ts";
import { KUBECONFIG } from "../config/multi_cluster.ts";
import { cluster } from "../standin/clusters.ts";
import type { StandinKey } from "../standin/keys.ts";
import { type LoginWorld, loginWorld, NOBODY, START_URL } from "./login_run.ts";

export const ONE = "111111111111";
export const TWO = "222222222222";
/** Of the cluster that each account has. */
export const arn = (account: string) => `arn:aws:eks:us-east-2:${account}:cluster/main`;
/** What a repository says of the one cluster and identity that it has. */
export interface Tree {
  readonly account: string;
  readonly alias?: string;
  readonly role?: string;
  /** More of the cluster. */
  readonly says?: string;
  readonly registry?: boolean;
}

/** Every tree has the same names. */
export function treeConfig({ account, alias = "prod", role = "Admin", says = "", registry = false }: Tree): string {
  const ecr =
    `    prod/ecr: {kind: aws/ecr, via: {identity: admin}, spec: {registry: {account_id: "${ONE}", region: us-east-2}}}\n`;
  return `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
    admin:
      kind: aws/permission-set
      default: true
      via: {provider: sso}
      principal: {name: ${role}, account: {id: "${account}"}}
  integrations:
    prod/eks: {kind: aws/eks, via: {identity: admin}, spec: {cluster: {name: main, region: us-east-2, alias: ${alias}${says}}}}
${registry ? ecr : ""}`;
}

/** Two repositories of one user. */
export interface Trees extends LoginWorld {
  /** Runs in the clone. */
  inClone(args: readonly string[], env?: Readonly<Record<string, string>>): ReturnType<LoginWorld["run"]>;
}

/** An access key of the user's own, of the first account. */
export const OWN_KEY: StandinKey = {
  accessKeyId: "AKIAONEACCOUNTEXAMPL",
  secretAccessKey: "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",
  principal: `arn:aws:iam::${ONE}:user/me`,
};

/** The user's own repository, logged in, and a clone. */
export async function trees(own: Tree, clone: Tree): Promise<Trees> {
  const account = (id: string) => ({ id, name: id, email: `${id}@example.com`, roles: ["Admin", "Reader"] });
  const of = (id: string) => cluster("main", { arn: arn(id), endpoint: `https://${id}.example.com` });
  const world = await loginWorld({
    config: treeConfig(own),
    clusters: [of(ONE), of(TWO)],
    keys: [OWN_KEY],
    sso: { accounts: [account(ONE), account(TWO)] },
  });
  world.home.write("clone/atmos.yaml", treeConfig(clone));
  equal((await world.run(["auth", "login", "--strict"])).status, 0);
  const inClone: Trees["inClone"] = (args, env = {}) =>
    runAtmos(args, { env: world.env({ ...NOBODY, ...env }), cwd: world.home.at("clone") });
  equal((await inClone(["auth", "login", "--no-integrations"], { ATMOS_FORCE_TTY: "1" })).status, 0);
  return Object.assign(world, { inClone });
}

/** The servers that kubectl would call, by context. */
export async function servers({ home }: LoginWorld): Promise<Record<string, string>> {
  const { stdout } = await new Deno.Command("kubectl", {
    args: ["config", "view", "--output", "json", "--kubeconfig", home.at(KUBECONFIG)],
    env: { HOME: home.at(".") },
  }).output();
  // deno-lint-ignore no-explicit-any -- a kubeconfig as kubectl prints it
  const { clusters, contexts } = JSON.parse(new TextDecoder().decode(stdout)) as Record<string, any[]>;
  return Object.fromEntries(contexts!.map(({ name, context }) => [
    name,
    clusters!.find((one) => one.name === context.cluster).cluster.server,
  ]));
}
