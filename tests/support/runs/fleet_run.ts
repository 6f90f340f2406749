import { cluster, type StandinCluster } from "../standin/clusters.ts";
import type { StandinOptions } from "../standin/world.ts";
import { type LoginWorld, loginWorld, START_URL } from "./login_run.ts";

/** How many of each there are, each account with every region, each region of it with as many clusters. */
export interface Fleet {
  readonly accounts: number;
  readonly regions: readonly string[];
  readonly clusters: number;
}

export function accountId(index: number): string {
  return String(100_000_000_000 + index);
}

/** An identity Admin and one ReadOnly for each account; the login at IAM Identity Center is done. */
export async function fleetWorld(fleet: Fleet, options: StandinOptions = {}): Promise<LoginWorld> {
  const ids = Array.from({ length: fleet.accounts }, (_, index) => accountId(index));
  const roles = ["Admin", "ReadOnly"];
  const accounts = ids.map((id, index) => ({ id, name: `team-${index}`, email: `${id}@example.com`, roles }));
  const world = await loginWorld({
    config: configOf(ids),
    sso: { accounts },
    clusters: ids.flatMap((id) => clustersOf(fleet, id)),
    enabledRegions: Object.fromEntries(ids.map((id) => [id, fleet.regions])),
    ...options,
  });
  const { status, stderr } = await world.run(["auth", "login", "team-0", "--no-integrations"]);
  if (status !== 0) throw new Error(stderr);
  return world;
}

function clustersOf({ regions, clusters }: Fleet, id: string): readonly StandinCluster[] {
  const names = Array.from({ length: clusters }, (_, index) => `c${index}`);
  return regions.flatMap((region) =>
    names.map((name) => {
      const endpoint = `https://${name}-${id}.gr7.${region}.eks.amazonaws.com`;
      return cluster(name, { region, endpoint, arn: `arn:aws:eks:${region}:${id}:cluster/${name}` });
    })
  );
}

function configOf(ids: readonly string[]): string {
  const set = (id: string, name: string) =>
    `{kind: aws/permission-set, via: {provider: sso}, principal: {name: ${name}, account: {id: "${id}"}}}`;
  const identities = ids.map((id, index) =>
    `    team-${index}: ${set(id, "Admin")}\n    team-${index}-reader: ${set(id, "ReadOnly")}\n`
  );
  return `auth:
  realm: test
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: ${START_URL}}
  identities:
${identities.join("")}`;
}
