import { AppError } from "../../errors.ts";
import { type FoundCluster, writeEks } from "../../integrations/runners/eks_write.ts";
import { jsonText } from "../json_text.ts";
import type { Needs } from "../../host/host.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { printable } from "../printable.ts";
import { adviceLines } from "./advice.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import { outcomeData, outcomeText } from "./outcome.ts";

export interface LinkedResults {
  readonly input: UpdateKubeconfigInput;
  readonly found: readonly FoundCluster[];
  /** Whether several were asked for: JSON is a list then. */
  readonly several: boolean;
}

/** Writes entries, those of one file at once, and says what became of them; gives what failed. */
export async function writeLinked(
  host: LoginCommandHost,
  { input, found, several }: LinkedResults,
): Promise<readonly AppError[]> {
  const failures: AppError[] = [];
  const data: unknown[] = [];
  for (const group of Map.groupBy(found, ({ place }) => place.path).values()) {
    const { outcomes, written } = await writeEks(host, group).catch(failedAll);
    for (const outcome of outcomes) {
      if (outcome instanceof AppError) failures.push(outcome);
      else {
        const path = written!.path;
        data.push(outcomeData({ ...outcome, path, dryRun: false }));
        host.terminal.err(`${outcomeText({ ...outcome, path })}\n`);
      }
    }
    const usesAws = group.some(({ edit }) => edit.facts.exec.command === "aws");
    if (written === undefined || outcomes.every((outcome) => outcome instanceof AppError)) continue;
    for (const line of adviceLines(host, { path: group[0]!.place.path, usesAws, written })) {
      host.terminal.err(`${printable(line)}\n`);
    }
  }
  if (input.flags.output === "json") printResults(host, { data, several });
  return failures;
}

/** A list where several were asked for; nothing for the only one that failed. */
export function printResults(
  host: Needs<"terminal">,
  { data, several }: { readonly data: readonly unknown[]; readonly several: boolean },
): void {
  if (several) host.terminal.out(jsonText(data));
  else if (data.length > 0) host.terminal.out(jsonText(data[0]));
}

function failedAll(error: unknown) {
  if (error instanceof AppError) return { outcomes: [error], written: undefined };
  throw error;
}
