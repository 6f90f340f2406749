import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";
import { isEks } from "../../integrations/eks/eks_integration.ts";
import type { Ready } from "../../integrations/contract/runner.ts";
import { tableLines } from "../output/table.ts";
import { displayWidth } from "../../formats/text/display_width.ts";
import { printable } from "../output/text.ts";
import { placedMessage } from "../output/report.ts";
import { hintLines, renderRemedy } from "../output/remedy.ts";

/** What became of one, on a line. */
export function outcomeLine({ integration, ms }: IntegrationOutcome, { action, target, name, path }: Ready): string {
  return printable(`${integration.name}: ${action} ${renderCalled(target, name)} in ${path} (${seconds(ms)})`);
}

/** What became of each as a table; where that is too wide, in two lines each. */
export function outcomeTable(outcomes: readonly IntegrationOutcome[], columns: number): readonly string[] {
  const rows = outcomes.map(renderRow);
  const lines = tableLines(["INTEGRATION", "TARGET", "CONTEXT", "RESULT", "TIME"], rows).map((line) => `  ${line}`);
  // The last column stays free: some terminals go on to the next line there.
  if (lines.every((line) => displayWidth(line) < columns)) return lines;
  return rows.flatMap(([integration, target, context, result, time]) => [
    `  ${printable(`${integration}: ${result} (${time})`)}`,
    ...(target === "" ? [] : [`    ${printable(renderCalled(target, context || target))}`]),
  ]);
}

type Row = readonly [integration: string, target: string, context: string, result: string, time: string];

function renderRow({ integration, result, ms }: IntegrationOutcome): Row {
  const time = seconds(ms);
  if (isInterrupted(result)) return [integration.name, "", "", "interrupted", time];
  if (result instanceof AppError) return [integration.name, "", "", "failed", time];
  // Registries have none.
  const context = isEks(integration) ? result.name : "";
  return [integration.name, result.target, context, result.action, time];
}

const SHOWN = 3;

/**
 * A warning with its hint for each that failed; one for all that failed alike. Who pressed Ctrl-C knows why the rest is
 * missing.
 */
export function warningLines(host: Needs<never>, outcomes: readonly IntegrationOutcome[]): readonly string[] {
  const failed = outcomes.flatMap(({ integration: { name }, result }) =>
    result instanceof AppError && !isInterrupted(result)
      ? [{ name, message: placedMessage(result), hint: renderRemedy(host, result) }]
      : []
  );
  return [...Map.groupBy(failed, ({ message, hint }) => JSON.stringify([message, hint])).values()].flatMap((alike) => {
    const { message, hint } = alike[0]!;
    const more = alike.length > SHOWN ? ` and ${alike.length - SHOWN} more` : "";
    const names = `${alike.slice(0, SHOWN).map(({ name }) => name).join(", ")}${more}`;
    return [
      `Warning: ${printable(`${names}: ${message}`)}`,
      ...hintLines(hint),
    ];
  });
}

function isInterrupted(result: Ready | AppError): boolean {
  return result instanceof AppError && result.code === "interrupted";
}

function renderCalled(target: string, name: string): string {
  return target === name ? target : `${target} as ${name}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
