import type { FileProblem } from "../../auth/file_problem.ts";
import type { LogoutPlan } from "../../auth/logout_plan.ts";
import { AppError } from "../../errors.ts";
import { linkedTo } from "../../integrations/linked.ts";
import type { ConfigModel } from "../../integrations/model.ts";
import { runInputs } from "../../integrations/run_input.ts";
import { runnerOf } from "../../integrations/runners/registry.ts";
import { configFlags } from "../integrations/config_flags.ts";
import type { AuthOf } from "../config_of.ts";
import type { Globals } from "../global_flags.ts";
import type { LogoutCommandHost } from "./logout_input.ts";

export interface CleanupInput {
  readonly model: ConfigModel;
  readonly config: AuthOf["config"];
  readonly globals: Globals;
  readonly plan: Pick<LogoutPlan, "selected">;
  readonly dryRun: boolean;
}

export interface CleanedUp {
  /** What is removed, a line each. */
  readonly lines: readonly string[];
  /** Files that could not be changed. */
  readonly problems: readonly FileProblem[];
}

/** Removes what logins have made ready for the identities; with `dryRun` only tells. Nothing is thrown for a failure. */
export async function cleanUpLinked(host: LogoutCommandHost, input: CleanupInput): Promise<CleanedUp> {
  const { model, config, globals, plan, dryRun } = input;
  const lines = new Set<string>();
  const problems = new Map<string, FileProblem>();
  const flags = configFlags(host, { globals, config });
  for (const chain of plan.selected.chains) {
    const integrations = linkedTo(model, chain);
    for (const one of runInputs(host, { model, chain, integrations, configFlags: flags, credentialsOf: nobody })) {
      try {
        const runner = await runnerOf(one.integration.kind);
        for (const line of await runner.cleanup(host, { ...one, dryRun })) lines.add(line);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        problems.set(error.message, { message: error.message, hint: error.hint ?? "Remove the entries by hand." });
      }
    }
  }
  return { lines: [...lines], problems: [...problems.values()] };
}

/** What is removed is only on this machine. */
function nobody(): Promise<never> {
  return Promise.reject(new Error("a cleanup asks nobody"));
}
