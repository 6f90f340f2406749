import { chainOf } from "../../auth/model/chain.ts";
import { linkedTo } from "../../integrations/contract/linked.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import type { Globals } from "../args/global_flags.ts";
import { usageError } from "../args/usage_error.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { warns } from "../output/report.ts";
import { counted, printable } from "../output/text.ts";
import type { AuthOf } from "../project/load.ts";
import { mayMove } from "../prompt/spinner.ts";
import type { FleetCaller, FleetFailure } from "./fleet_callers.ts";
import type { ScanProgress } from "./scan_clusters.ts";

/** Returns the regions that the identities and their integrations name. @throws {AppError} usage where none does */
export function usualRegions(
  { callers, auth }: { readonly callers: readonly FleetCaller[]; readonly auth: AuthOf | undefined },
): readonly string[] {
  const linked = auth === undefined ? [] : callers.flatMap(({ identity }) => {
    if (identity === undefined) return [];
    return linkedTo(auth.model, chainOf(auth.model, identity)).filter(isEks).map(({ cluster }) => cluster.region);
  });
  const found = [...new Set([...callers.flatMap(({ region }) => region ?? []), ...linked])];
  if (found.length > 0) return found;
  const hint = "Give --region REGION or --all-regions, or set AWS_REGION";
  throw usageError({ what: "clusters", found: "nothing says in which region to look", hint });
}

/** Shows a line at a terminal that counts what is found, until `end`. */
export function startCounter(host: LoginCommandHost, globals: Globals) {
  if (!mayMove(host, globals)) return { show() {}, end() {} };
  let stop = host.terminal.spin("Looking for clusters");
  return {
    show({ regions, asked, clusters }: ScanProgress): void {
      stop();
      stop = host.terminal.spin(`${counted(clusters, "cluster")}, ${asked} of ${counted(regions, "region")} asked`);
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
  const hints = new Set(failures.map(({ error }) => error.hint ?? ""));
  for (const hint of [...hints].filter((one) => one !== "")) host.terminal.err(`Hint: ${printable(hint)}\n`);
}
