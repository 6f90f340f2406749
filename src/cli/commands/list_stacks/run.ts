import type { ConfigHost } from "../../../config/load_config.ts";
import type { Needs } from "../../../host/host.ts";
import { namesWith } from "../../../stacks/names.ts";
import type { Input } from "../../args/command.ts";
import type { LIST_STACKS_FLAGS } from "./command.ts";
import { loadStacks, reportFailures, warnOfSkipped } from "../../project/stacks.ts";
import { printNames } from "../../output/names.ts";

/** `atmos list stacks`: a name a line on stdout, in order; what is wrong with manifests, on stderr, which is status 3. */
export async function runListStacks(
  host: ConfigHost & Needs<"terminal">,
  { flags, globals }: Input<typeof LIST_STACKS_FLAGS>,
): Promise<number> {
  const { config, index } = await loadStacks(host, globals);
  const { component } = flags;
  const names = await namesWith(index, { component });
  warnOfSkipped(host, { index, config, globals });
  const empty = index.failures.length > 0 ? undefined : emptyBecause(index.settings.directory, component);
  printNames(host, { names, format: flags.format, empty });
  return reportFailures(host, { index, globals });
}

function emptyBecause(directory: string, component: string | undefined): string {
  return component === undefined
    ? `There are no stacks below ${directory}.`
    : `No stack has the component ${component}.`;
}
