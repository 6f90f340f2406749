import type { LoadedConfig } from "../../config/load_config.ts";
import type { FunctionHost } from "../../config/functions/yaml_functions.ts";
import { type SkippedImport, skippedProblem } from "../../config/values/skipped_import.ts";
import { AppError, EXIT_STATUS } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { StackIndex } from "../../stacks/stack_index.ts";
import { stackSettings } from "../../stacks/settings/stack_settings.ts";
import { loadProjectConfig, reportWarnings } from "./load.ts";
import type { Globals } from "../args/global_flags.ts";
import { printable } from "../output/text.ts";
import { paints } from "../output/paint.ts";
import { placedMessage, report, warns } from "../output/report.ts";
import { joinLines } from "../../remedy.ts";

interface LoadedStacks {
  readonly config: LoadedConfig;
  readonly index: StackIndex;
}

/** The stacks of the configuration that the global flags mean. AppErrors and permissions as loadProjectConfig. */
export async function loadStacks(host: FunctionHost, globals: Globals): Promise<LoadedStacks> {
  const config = await loadProjectConfig(host, globals);
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
  for (const failure of failures) host.terminal.err(`Warning: ${printable(placedMessage(failure))}\n`);
}

/** Returns the remote imports of all manifests that can be read. Permissions: read, env, sys. */
export async function skippedInStacks(
  host: FunctionHost,
  config: LoadedConfig,
): Promise<readonly SkippedImport[]> {
  try {
    const index = new StackIndex(host, stackSettings(host, config));
    await index.stacks();
    return index.skippedImports;
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** Says which imports of manifests, and of the configuration where it is given, were not fetched. */
export function warnOfSkipped(
  host: Needs<"terminal">,
  { index, config, globals }: {
    readonly index: StackIndex;
    readonly config?: Pick<LoadedConfig, "skippedImports">;
    readonly globals: Pick<Globals, "logs-level">;
  },
): void {
  const skipped = [...config?.skippedImports ?? [], ...index.skippedImports];
  reportWarnings(host, { problems: skipped.map(skippedProblem), globals });
}

const MOST_NAMED = 8;

/** Reports what is wrong with manifests as errors, and returns the exit status of a list that lacks them. */
export function reportFailures(
  host: Needs<"env" | "terminal">,
  { index, globals }: { readonly index: StackIndex; readonly globals: Globals },
): number {
  const style = { color: paints(host, { stream: "stderr", globals }), verbose: globals.verbose };
  for (const { error, files } of index.failuresWithFiles) {
    const names = files.slice(0, MOST_NAMED).join(", ") + (files.length > MOST_NAMED ? ", …" : "");
    const affected = `Affected ${files.length === 1 ? "stack" : "stacks"}: ${names}`;
    const hint = joinLines([...(error.hint === undefined ? [] : [error.hint]), affected]);
    report(host, { error: error.with({ hint }), style });
  }
  return index.failures.length === 0 ? 0 : EXIT_STATUS["config-invalid"];
}
