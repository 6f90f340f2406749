import type { LoadedConfig } from "../../config/load_config.ts";
import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import type { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { StackIndex } from "../../stacks/stack_index.ts";
import { stackSettings } from "../../stacks/settings/stack_settings.ts";
import { configOf } from "./load.ts";
import type { Globals } from "../args/global_flags.ts";
import { printable } from "../output/text.ts";
import { warns } from "../output/report.ts";

interface StacksOf {
  readonly config: LoadedConfig;
  readonly index: StackIndex;
}

/** The stacks of the configuration that the global flags mean. AppErrors and permissions as configOf. */
export async function stacksOf(host: FunctionHost, globals: Globals): Promise<StacksOf> {
  const config = await configOf(host, globals);
  return { config, index: new StackIndex(host, stackSettings(host, config)) };
}

/** Returns the stack of a component that is named without one; undefined: the only one that has it. */
export function usualStack({ env }: Needs<"env">): string | undefined {
  return env.get("ATMOS_STACK") || undefined;
}

/** Says what is wrong with manifests, a line each on stderr, for a command that goes on all the same. */
export function warnOfFailures(
  host: Needs<"terminal">,
  { failures, globals }: { readonly failures: readonly AppError[]; readonly globals: Globals },
): void {
  if (!warns(globals)) return;
  for (const { message, place } of failures) {
    const where = place?.file === undefined ? "" : `${place.file}:${place.line}:${place.column}: `;
    host.terminal.err(`Warning: ${printable(where + message)}\n`);
  }
}
