import { checkRegion } from "../../../aws/names/names.ts";
import { getRoleCredentials } from "../../../aws/sso/sso.ts";
import { callSettings } from "../../../auth/flow/call_settings.ts";
import { AppError } from "../../../errors.ts";
import { adaptiveNet } from "../../../integrations/adaptive_net.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import type { FleetCaller, FleetFailure } from "../../fleet/fleet_callers.ts";
import { type FoundCluster, scanClusters } from "../../fleet/scan_clusters.ts";
import { loginClaim } from "../../login/credential_claims.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { warns } from "../../output/report.ts";
import { formatCount, printable } from "../../output/text.ts";
import type { Portal } from "./choose_portal.ts";
import type { RoleIdentity } from "./choose_roles.ts";
import type { InitInput } from "./init_input.ts";
import type { Offers } from "./list_offers.ts";
import { startProgress } from "./progress.ts";

interface FindInput {
  readonly input: Pick<InitInput, "globals">;
  /** undefined for all that an account has enabled. */
  readonly regions: readonly string[] | undefined;
  readonly portal: Portal;
  readonly offers: Offers;
  /** Of each account the first that may list its clusters is asked. */
  readonly identities: readonly RoleIdentity[];
}

interface Clusters {
  readonly clusters: readonly FoundCluster[];
  /** Ids of accounts that were not looked into, or not all of their regions: what is not found may be there. */
  readonly unsure: ReadonlySet<string>;
}

/**
 * Returns the regions of `--cluster-region`; undefined for all.
 * @throws {AppError} usage for what is no region
 */
export function clusterRegions({ flags }: Pick<InitInput, "flags">): readonly string[] | undefined {
  const wanted = flags["cluster-region"] ?? [];
  if (wanted.length === 0) return undefined;
  return wanted.filter((region) => region !== "none").map(checkRegion);
}

/** Returns the EKS clusters of the accounts of the identities; what could not be asked is a warning. */
export async function findClusters(host: LoginCommandHost, input: FindInput): Promise<Clusters> {
  const { input: { globals }, regions, identities } = input;
  if (identities.length === 0 || regions?.length === 0) return { clusters: [], unsure: new Set() };
  const progress = startProgress(host, { globals, text: "Looking for EKS clusters" });
  const search = new Search({ ...host, net: adaptiveNet(host.net, PARALLEL) }, { ...input, show: progress.show });
  await search.all().finally(progress.end);
  if (warns(globals)) reportFailures(host, search.failures);
  return { clusters: search.clusters, unsure: new Set(search.failures.keys()) };
}

/** Every region of an account says the same: one line is enough. */
function reportFailures(host: LoginCommandHost, failures: ReadonlyMap<string, readonly FleetFailure[]>): void {
  for (const [first, ...more] of failures.values()) {
    if (first === undefined) continue;
    const others = more.length === 0 ? "" : `; so in ${formatCount(more.length, "more region")}`;
    host.terminal.err(`Warning: ${printable(`${first.where}: ${first.error.message}${others}`)}\n`);
  }
}

class Search {
  readonly clusters: FoundCluster[] = [];
  /** By the ids of accounts. */
  readonly failures = new Map<string, readonly FleetFailure[]>();
  readonly #host: LoginCommandHost;
  readonly #input: FindInput & { readonly show: (text: string) => void };

  constructor(host: LoginCommandHost, input: FindInput & { readonly show: (text: string) => void }) {
    this.#host = host;
    this.#input = input;
  }

  /** Accounts that refuse one identity are asked as the next one. */
  async all(): Promise<void> {
    const queues = [...Map.groupBy(this.#input.identities, ({ account }) => account.id).values()];
    for (let turn = 0;; turn++) {
      const open = queues.filter((queue) => turn < queue.length && (turn === 0 || this.#isRefused(queue)));
      if (open.length === 0) return;
      await this.#ask(open.map((queue) => queue[turn]!));
    }
  }

  #isRefused([first]: readonly RoleIdentity[]): boolean {
    const id = first!.account.id;
    const failures = this.failures.get(id);
    // A network in trouble refuses no role: with the next one, all that is written would be for that.
    const isRefused = failures?.every(({ error }) => error.code !== "unreachable" && error.code !== "timeout") === true;
    return isRefused && this.clusters.every(({ caller }) => caller.account !== id);
  }

  async #ask(identities: readonly RoleIdentity[]): Promise<void> {
    const callers = await Promise.all(identities.map((identity) => this.#caller(identity)));
    const scanned = await scanClusters(this.#host, {
      callers: callers.filter((one) => one !== undefined),
      regions: this.#input.regions,
      ...{ isNamesOnly: true, most: PARALLEL },
      progress: ({ regions, asked, clusters }) =>
        this.#input.show(`${formatCount(clusters, "cluster")}, ${asked} of ${formatCount(regions, "region")} asked`),
    });
    this.clusters.push(...scanned.clusters);
    for (const { account } of callers.filter((one) => one !== undefined)) this.failures.delete(account);
    for (const failure of scanned.failures) this.#fail(/\d{12}/.exec(failure.where)![0], failure);
  }

  #fail(account: string, failure: FleetFailure): void {
    this.failures.set(account, [...this.failures.get(account) ?? [], failure]);
  }

  async #caller({ account, role, name }: RoleIdentity): Promise<FleetCaller | undefined> {
    const { portal: { region, provider }, offers: { session } } = this.#input;
    const settings = callSettings(this.#host, { endpointUrl: provider?.endpointUrl, inBatch: true });
    try {
      const credentials = await getRoleCredentials(this.#host, { ...session, accountId: account.id, roleName: role });
      const accountName = account.name === "" ? undefined : account.name;
      const known = { account: account.id, accountName, identity: name, claim: loginClaim(name) };
      return { settings, credentials, region, ...known };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "interrupted") throw error;
      this.#fail(account.id, { where: `account ${account.id}`, error });
      return undefined;
    }
  }
}
