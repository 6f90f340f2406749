import { listClusters } from "../../aws/eks/eks.ts";
import { type ClusterState, inspectCluster } from "../../aws/eks/inspect_cluster.ts";
import { nameRefused } from "../../auth/flow/remedy_context.ts";
import { AppError } from "../../errors.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { nameCredentials } from "../login/name_credentials.ts";
import { adaptiveNet } from "../../integrations/adaptive_net.ts";
import type { FleetCaller, FleetFailure } from "./fleet_callers.ts";
import { findRegions, rememberRefused } from "./fleet_regions.ts";

/** A cluster that was found, and who has found it. */
export interface FoundCluster extends Omit<ClusterState, "arn"> {
  /** undefined where it is on the list and was not, or may not be, described. */
  readonly arn: string | undefined;
  readonly caller: FleetCaller;
}

/** How far a scan is. */
export interface ScanProgress {
  readonly regions: number;
  readonly asked: number;
  readonly clusters: number;
}

interface ScanInput {
  readonly callers: readonly FleetCaller[];
  /** undefined: all that an account has enabled. */
  readonly regions: readonly string[] | undefined;
  /** Whether it is enough to know the names: nothing is described then. */
  readonly isNamesOnly?: boolean;
  /** No more requests at a time. */
  readonly most: number;
  /** Told after each answer. */
  readonly progress: (progress: ScanProgress) => void;
}

interface Scanned {
  /** By account, region and name. */
  readonly clusters: readonly FoundCluster[];
  readonly failures: readonly FleetFailure[];
  /** How many regions of accounts have answered. */
  readonly answered: number;
}

/** AWS's words for credentials of an account that has not enabled the region. */
const NOT_ENABLED = /UnrecognizedClientException|InvalidClientTokenId|AuthFailure/;

/**
 * Returns the EKS clusters of the accounts in the regions, with what could not be asked. Each account and region is asked
 * for its list once, and each cluster described once, as many at a time as AWS bears. Permissions: net, clock.
 */
export async function scanClusters(given: LoginCommandHost, input: ScanInput): Promise<Scanned> {
  const scan = new Scan({ ...given, net: adaptiveNet(given.net, input.most) }, input);
  await Promise.all(input.callers.map((caller) => scan.account(caller)));
  const { clusters, failures, answered } = scan;
  return { clusters: clusters.toSorted(byPlace), failures, answered };
}

class Scan {
  readonly clusters: FoundCluster[] = [];
  readonly failures: FleetFailure[] = [];
  answered = 0;
  readonly #host: LoginCommandHost;
  readonly #input: ScanInput;
  #regions = 0;
  #asked = 0;

  constructor(host: LoginCommandHost, input: ScanInput) {
    this.#host = host;
    this.#input = input;
  }

  async account(caller: FleetCaller): Promise<void> {
    const regions = this.#input.regions ?? await findRegions(this.#host, caller);
    this.#regions += regions.length;
    const refused: string[] = [];
    await Promise.all(regions.map(async (region) => {
      if (await this.#region(caller, region) === "not-enabled") refused.push(region);
      this.#asked++;
      this.#tell();
    }));
    if (this.#input.regions === undefined) {
      await rememberRefused(this.#host, { account: caller.account, regions: refused });
    }
  }

  async #region(caller: FleetCaller, region: string): Promise<"asked" | "not-enabled"> {
    try {
      const names = await listClusters(this.#host, { ...caller, region });
      this.answered++;
      await Promise.all(names.map((name) => this.#cluster(caller, { region, name })));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "interrupted") throw error;
      if (this.#input.regions === undefined && NOT_ENABLED.test(error.message)) return "not-enabled";
      this.#fail(caller, { region, error });
    }
    return "asked";
  }

  async #cluster(caller: FleetCaller, at: { readonly region: string; readonly name: string }): Promise<void> {
    const unknown = { ...at, arn: undefined, status: "", version: undefined, endpoint: undefined, caller };
    if (this.#input.isNamesOnly) return void this.clusters.push(unknown);
    try {
      this.clusters.push({ ...await inspectCluster(this.#host, { ...caller, ...at, withoutList: true }), caller });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "interrupted") throw error;
      this.clusters.push(unknown);
      this.#fail(caller, { region: at.region, error });
    }
    this.#tell();
  }

  #fail(
    { account, identity, claim }: FleetCaller,
    { region, error }: { readonly region: string; readonly error: AppError },
  ): void {
    const hinted = identity === undefined ? error : nameRefused(error, identity);
    const named = nameCredentials(hinted, { claim, account }) as AppError;
    this.failures.push({ where: `account ${account}, ${region}`, error: named });
  }

  #tell(): void {
    this.#input.progress({ regions: this.#regions, asked: this.#asked, clusters: this.clusters.length });
  }
}

function byPlace(one: FoundCluster, other: FoundCluster): number {
  const keys = ({ caller, region, name }: FoundCluster) => [caller.account, region, name].join("\n");
  return keys(one) < keys(other) ? -1 : 1;
}
