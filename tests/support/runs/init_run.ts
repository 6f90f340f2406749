import { runAtmos, type RunOutcome } from "../atmos/run_atmos.ts";
import { type TempHome, tempHome } from "../machine/temp_home.ts";
import { type Standin, startStandin } from "../standin/aws_standin.ts";
import { cluster, type StandinCluster } from "../standin/clusters.ts";
import type { StandinAccount } from "../standin/login.ts";
import type { StandinOptions } from "../standin/world.ts";

export const [DEV, PROD, LOGS] = ["111122223333", "444455556666", "777788889999"] as const;

export const ACCOUNTS: readonly StandinAccount[] = [
  { id: DEV, name: "Dev", email: "dev@example.com", roles: ["AdministratorAccess", "ReadOnly"] },
  { id: PROD, name: "Prod", email: "prod@example.com", roles: ["AdministratorAccess", "ReadOnly"] },
  { id: LOGS, name: "Log Archive", email: "logs@example.com", roles: ["ReadOnly"] },
];

export function clusterOf(account: string, name: string, region = "us-east-2"): StandinCluster {
  return cluster(name, { region, arn: `arn:aws:eks:${region}:${account}:cluster/${name}` });
}

export const CLUSTERS: readonly StandinCluster[] = [
  clusterOf(DEV, "dev-cluster"),
  clusterOf(DEV, "tools", "eu-central-1"),
  clusterOf(PROD, "prod-cluster"),
];

export const PORTAL = ["--start-url", "https://corp.awsapps.com/start", "--region", "us-east-1"];

/** A user without any file, and an AWS with three accounts. */
export interface InitWorld extends AsyncDisposable {
  readonly aws: Standin;
  readonly home: TempHome;
  env(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** Runs `atmos` in the directory `repo`, as a user who confirms each login. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<RunOutcome>;
}

export async function initWorld(options: StandinOptions = {}): Promise<InitWorld> {
  const regions = ["us-east-1", "us-east-2", "eu-central-1"];
  const { sso, ...others } = options;
  const aws = await startStandin({
    sso: { accounts: ACCOUNTS, ...sso },
    clusters: CLUSTERS,
    enabledRegions: Object.fromEntries([DEV, PROD, LOGS].map((id) => [id, regions])),
    ...others,
  });
  const home = tempHome();
  Deno.mkdirSync(home.at("repo"));
  const env = (more: Readonly<Record<string, string>> = {}) =>
    home.env({
      PATH: "/usr/local/bin:/usr/bin:/bin",
      ATMOS_FORCE_TTY: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: aws.url,
      ...more,
    });
  return {
    aws,
    home,
    env,
    run: (args, more = {}) => runAtmos(args, { env: env(more), cwd: home.at("repo") }),
    async [Symbol.asyncDispose]() {
      home[Symbol.dispose]();
      await aws.close();
    },
  };
}
