import type { ConfigHost } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";
import { namedComponents } from "../../stacks/named_components.ts";
import type { Input } from "../command.ts";
import type { LIST_COMPONENTS_FLAGS } from "../commands/list_stacks_flags.ts";
import { stacksOf, warnOfFailures } from "../stacks_of.ts";
import { printNames } from "./print_names.ts";

/** `atmos list components`: a name a line on stdout, in order; what is wrong with manifests, on stderr. */
export async function listComponents(
  host: ConfigHost & Needs<"terminal">,
  { flags, globals }: Input<typeof LIST_COMPONENTS_FLAGS>,
): Promise<number> {
  const { index } = await stacksOf(host, globals);
  const { stack } = flags;
  const found = await namedComponents(index, {});
  warnOfFailures(host, { failures: index.failures, globals });
  const fitting = found.filter(({ component, stackName }) =>
    (flags.abstract || !component.isAbstract) &&
    (stack === undefined || stackName === stack || component.stack.file === stack)
  );
  const names = fitting.map(({ component }) => component.name);
  const empty = stack === undefined ? "There are no components." : `There is no stack ${stack}, or nothing in it.`;
  printNames(host, { names, format: flags.format, empty });
  return 0;
}
