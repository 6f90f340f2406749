import { joinLines, nameCommand, remedy, SET_UP } from "../../../remedy.ts";
import type { ConfigHost } from "../../../config/load_config.ts";
import { inOrder } from "../../../config/schema/entry.ts";
import { skippedProblem } from "../../../config/values/skipped_import.ts";
import { AppError, EXIT_STATUS } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { type LoadedAuth, loadEverything } from "../../project/load.ts";
import type { Globals } from "../../args/global_flags.ts";
import { withTrustMarks } from "../../project/trust_marks.ts";
import { paintFor } from "../../output/paint.ts";
import { judgeConfiguration, stoppedJson, verdictJson, verdictText } from "./verdict.ts";

type ValidateHost = ConfigHost & Needs<"terminal">;

/** `atmos auth validate`: tells all that is wrong with the configuration; the exit status says whether there are errors. */
export async function runAuthValidate(
  host: ValidateHost,
  { flags, globals }: { readonly flags: { readonly output: "text" | "json" }; readonly globals: Globals },
): Promise<number> {
  const json = flags.output === "json";
  const verdict = judgeConfiguration(await read(host, { json, globals }));
  if (verdict.files.length + verdict.problems.length === 0) throw nothingThere(host);
  if (json) host.terminal.out(verdictJson(host, verdict));
  else {
    const paint = paintFor(host, { stream: "stderr", globals });
    host.terminal.err(verdictText(host, { verdict, paint, verbose: globals.verbose }));
  }
  return verdict.valid ? 0 : EXIT_STATUS["config-invalid"];
}

/** Who wants JSON gets it for what stops the reading, too. */
async function read(
  host: ValidateHost,
  { json, globals }: { readonly json: boolean; readonly globals: Globals },
): Promise<LoadedAuth> {
  try {
    return await withTrustMarks(await withStackImports(host, await loadEverything(host, globals)));
  } catch (error) {
    if (json && error instanceof AppError && error.code === "config-invalid") host.terminal.out(stoppedJson(error));
    throw error;
  }
}

/** Remote imports of stacks are skipped as those of atmos.yaml are; what else is wrong with stacks is no matter of auth. */
async function withStackImports(host: ConfigHost, auth: LoadedAuth): Promise<LoadedAuth> {
  const { skippedInStacks } = await import("../../project/stacks.ts");
  const skipped = auth.config.files.length === 0 ? [] : await skippedInStacks(host, auth.config);
  return skipped.length === 0
    ? auth
    : { ...auth, problems: inOrder([...auth.problems, ...skipped.map(skippedProblem)]) };
}

function nothingThere(host: Needs<"read">): AppError {
  const found = `none found in ${host.read.cwd()}, its parent directories or ~/.atmos`;
  return new AppError("config-not-found", `Cannot validate configuration "atmos.yaml": ${found}`, {
    hint: joinLines([SET_UP, remedy`Or specify one: ${nameCommand("auth", "validate", "--config", "FILE")}`]),
  });
}
