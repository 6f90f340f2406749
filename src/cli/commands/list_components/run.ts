import type { ConfigHost } from "../../../config/load_config.ts";
import type { Needs } from "../../../host/host.ts";
import { componentNames } from "../../../stacks/names.ts";
import type { Input } from "../../args/command.ts";
import type { LIST_COMPONENTS_FLAGS } from "./command.ts";
import { loadStacks, reportFailures, warnOfFailures, warnOfSkipped } from "../../project/stacks.ts";
import { printNames } from "../../output/names.ts";

/**
 * `atmos list components`: a name a line on stdout, in order; what is wrong with manifests, on stderr,
 * which is status 3 where those of all stacks are listed.
 */
export async function runListComponents(
  host: ConfigHost & Needs<"terminal">,
  { flags, globals }: Input<typeof LIST_COMPONENTS_FLAGS>,
): Promise<number> {
  const { config, index } = await loadStacks(host, globals);
  const names = await componentNames(index, { stack: flags.stack, withAbstract: flags.abstract });
  warnOfSkipped(host, { index, config, globals });
  const none = flags.stack === undefined ? "There are no components." : `The stack ${flags.stack} has no components.`;
  printNames(host, { names, format: flags.format, empty: index.failures.length > 0 ? undefined : none });
  if (flags.stack === undefined) return reportFailures(host, { index, globals });
  warnOfFailures(host, { failures: index.failures, globals });
  return 0;
}
