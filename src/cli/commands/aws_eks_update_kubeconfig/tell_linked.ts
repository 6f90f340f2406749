import { AppError } from "../../../errors.ts";
import { errorData } from "../../provision/outcome_data.ts";
import { jsonText } from "../../output/json_text.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { paints } from "../../output/paint.ts";
import { placedMessage, report } from "../../output/report.ts";
import type { UpdateKubeconfigInput } from "./input.ts";
import type { LinkedRow } from "./linked_row.ts";
import { type DataInput, outcomeData } from "./outcome.ts";

/** What became of an integration, and the identity that it was for, where something says that. */
export interface ToldRow extends LinkedRow<DataInput> {
  readonly identity: string | undefined;
}

export interface ToldRows {
  readonly input: UpdateKubeconfigInput;
  /** In the order in which they were asked for. */
  readonly rows: readonly ToldRow[];
  /** Whether they are integrations of atmos.yaml, and no cluster that the command line names. */
  readonly areIntegrations: boolean;
}

/** Data for programs, every failure for people, and the exit status of the first; the only one asked for throws its own. */
export function tellLinked(host: LoginCommandHost, told: ToldRows): number {
  const { input, rows } = told;
  const [only, ...others] = rows;
  const several = others.length > 0;
  if (input.flags.output === "json") printData(host, told);
  if (!several && only?.result instanceof AppError) throw only.result;
  const failures = rows.flatMap(({ name, result }) => result instanceof AppError ? [named(result, name)] : []);
  const { globals } = input;
  const style = { color: paints(host, { stream: "stderr", globals }), verbose: globals.verbose };
  for (const error of failures) report(host, { error, style });
  return failures[0]?.exitStatus ?? 0;
}

/** A list where several were asked for; nothing for the only one that failed. */
function printData(host: LoginCommandHost, { rows, areIntegrations, input }: ToldRows): void {
  const dryRun = input.flags["dry-run"] || input.flags.diff;
  const data = rows.map(({ name, identity, result }) => {
    const about = areIntegrations ? { integration: name, identity: identity ?? null } : {};
    if (!(result instanceof AppError)) return { ...about, ...outcomeData(result), error: null };
    return { ...about, action: "failed", error: errorData(result), ...(dryRun ? { dryRun } : {}) };
  });
  if (rows.length > 1) host.terminal.out(jsonText(data));
  else if (!(rows[0]?.result instanceof AppError)) host.terminal.out(jsonText(data[0]));
}

/** Of several a person must know which one it is. */
function named(error: AppError, name: string): AppError {
  const { code, hint, facts, cause } = error;
  const message = `${name}: ${placedMessage(error)}`;
  return new AppError(code, message, { facts, cause, ...(hint === undefined ? {} : { hint }) });
}
