import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";
import { displayWidth } from "../display_width.ts";
import { tableLines } from "../auth_list/table_lines.ts";
import { warns } from "../config_of.ts";
import { counted } from "../counted.ts";
import type { Globals } from "../global_flags.ts";
import { paintFor } from "../paint.ts";
import { printable } from "../printable.ts";

export interface ReportInput {
  readonly globals: Globals;
  /** Of the integrations that are to be made ready. */
  readonly names: readonly string[];
}

export interface ProvisionReport {
  /** One is done. */
  done(outcome: IntegrationOutcome): void;
  /** All are. */
  end(outcomes: readonly IntegrationOutcome[]): void;
}

type ReportHost = Needs<"terminal" | "env">;

const MOST_LINES = 15;

/** What a person sees while integrations are made ready: moving lines and a table at a terminal, else plain lines. */
export function provisionReport(host: ReportHost, input: ReportInput): ProvisionReport {
  return host.terminal.isTty.stderr && host.env.get("TERM") !== "dumb"
    ? liveReport(host, input)
    : plainReport(host, input);
}

function plainReport(host: ReportHost, { globals }: ReportInput): ProvisionReport {
  return {
    done(outcome) {
      const { integration, result, ms } = outcome;
      if (result instanceof AppError) return warn(host, { outcome, globals });
      const { action, target, name, path } = result;
      const what = target === name ? target : `${target} as ${name}`;
      host.terminal.err(`${printable(`${integration.name}: ${action} ${what} in ${path} (${seconds(ms)})`)}\n`);
    },
    end() {},
  };
}

function liveReport(host: ReportHost, { globals, names }: ReportInput): ProvisionReport {
  const paint = paintFor(host, { stream: "stderr", globals });
  const states = new Map<string, string>();
  const lines = () => {
    if (!fits(host, names)) return [`Making ready: ${states.size} of ${counted(names.length, "integration")}`];
    return names.map((name) => `${states.get(name) ?? paint("dim", "…")} ${printable(name)}`);
  };
  const draw = (up: number) => host.terminal.err(`${up > 0 ? `\x1b[${up}A\x1b[J` : ""}${asText(lines())}`);
  draw(0);
  return {
    done({ integration, result }) {
      states.set(integration.name, result instanceof AppError ? paint("yellow", "!") : paint("green", "✓"));
      draw(lines().length);
    },
    end(outcomes) {
      host.terminal.err(`\x1b[${lines().length}A\x1b[J${asText(table(outcomes))}`);
      for (const outcome of outcomes) if (outcome.result instanceof AppError) warn(host, { outcome, globals });
    },
  };
}

/** Lines that scroll away or are broken can't be drawn again: then there is one that counts. */
function fits(host: Needs<"terminal">, names: readonly string[]): boolean {
  const { columns, rows } = host.terminal.size();
  return names.length <= Math.min(MOST_LINES, rows - 1) &&
    names.every((name) => displayWidth(printable(name)) + 2 < columns);
}

function table(outcomes: readonly IntegrationOutcome[]): readonly string[] {
  const rows = outcomes.map(({ integration, result, ms }) =>
    result instanceof AppError
      ? [integration.name, "", "", "failed", seconds(ms)]
      : [integration.name, result.target, result.name, result.action, seconds(ms)]
  );
  return tableLines(["INTEGRATION", "TARGET", "CONTEXT", "RESULT", "TIME"], rows).map((line) => `  ${line}`);
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

interface Warned {
  readonly outcome: IntegrationOutcome;
  readonly globals: Globals;
}

function warn(host: ReportHost, { outcome: { integration, result }, globals }: Warned): void {
  if (!warns(globals) || !(result instanceof AppError)) return;
  host.terminal.err(`Warning: ${printable(`${integration.name}: ${result.message}`)}\n`);
  if (result.hint !== undefined) host.terminal.err(`Hint: ${printable(result.hint)}\n`);
}
