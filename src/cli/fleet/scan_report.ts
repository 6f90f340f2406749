import { buildChain, type Chain, findChainRegion } from "../../auth/model/chain.ts";
import { regionPowers } from "../../auth/model/used_powers.ts";
import { AppError } from "../../errors.ts";
import { findLinked } from "../../integrations/contract/linked.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { warns } from "../output/report.ts";
import { formatCount, printable } from "../output/text.ts";
import type { LoadedAuth } from "../project/load.ts";
import { announce, mayMove } from "../prompt/spinner.ts";
import type { FleetFailure } from "./fleet_callers.ts";
import type { SelectedCallers } from "./select_callers.ts";
import type { ScanProgress } from "./scan_clusters.ts";
import { clusterRegions } from "./cluster_region.ts";
import { hintLines, renderRemedy } from "../output/remedy.ts";

/**
 * Returns the regions that the identities and their integrations name, which need the trust that their values need.
 * @throws {AppError} untrusted, and usage where none does
 */
export async function usualRegions(
  { callers, auth, choice }: Pick<SelectedCallers, "callers" | "auth" | "choice">,
): Promise<readonly string[]> {
  const isAll = choice === undefined;
  const names = isAll ? [...auth?.model.identities.keys() ?? []] : callers.flatMap(({ identity }) => identity ?? []);
  const configured = auth === undefined ? [] : await listRegions(auth.model, names);
  const found = [...new Set([...callers.flatMap(({ region }) => region ?? []), ...configured])];
  if (found.length > 0) return found;
  throw new AppError("usage", "Cannot search for clusters: no region is set", {
    hint: "Use --region REGION or --all-regions, or set AWS_REGION",
  });
}

/** Of identities and of their integrations; none of one that cannot be used. */
async function listRegions(model: LoadedAuth["model"], names: readonly string[]): Promise<readonly string[]> {
  const chains = names.flatMap((name) => findChain(model, name));
  await model.trust.require(chains.flatMap((chain) => regionPowers(model, chain)));
  const regions = await Promise.all(chains.map(async (chain) => [
    ...[findChainRegion(chain) ?? []].flat(),
    ...await clusterRegions(model, findLinked(model, chain).filter(isEks)),
  ]));
  return regions.flat();
}

function findChain(model: LoadedAuth["model"], name: string): readonly Chain[] {
  try {
    return [buildChain(model, name)];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Shows a line at a terminal that counts what is found, until `end`. */
export function startCounter(host: LoginCommandHost, globals: Globals) {
  announce(host, { text: "Looking for clusters", globals });
  if (!mayMove(host, globals)) return { show() {}, end() {} };
  let stop = host.terminal.spin("Looking for clusters");
  return {
    show({ regions, asked, clusters }: ScanProgress): void {
      stop();
      stop = host.terminal.spin(
        `${formatCount(clusters, "cluster")}, ${asked} of ${formatCount(regions, "region")} asked`,
      );
    },
    end: () => stop(),
  };
}

/** Prints what could not be asked, a line each, and each hint once. */
export function warnOfFailures(
  host: LoginCommandHost,
  { failures, globals }: { readonly failures: readonly FleetFailure[]; readonly globals: Globals },
): void {
  if (!warns(globals)) return;
  for (const { where, error } of failures) {
    host.terminal.err(`Warning: ${printable(`${where}: ${error.message}`)}\n`);
  }
  const hints = new Set(failures.map(({ error }) => renderRemedy(host, error)));
  for (const line of [...hints].flatMap(hintLines)) host.terminal.err(`${line}\n`);
}

/**
 * Returns the error of a scan that has found nothing: a login that is needed before anything else, whose remedy may help
 * the others too. What else has failed is printed.
 */
export function explainNone(
  host: LoginCommandHost,
  { failures, globals }: { readonly failures: readonly FleetFailure[]; readonly globals: Globals },
): AppError {
  const main = failures.find(({ error }) => error.code === "login-needed") ?? failures[0]!;
  warnOfFailures(host, { failures: failures.filter((one) => one !== main), globals });
  return main.error;
}
