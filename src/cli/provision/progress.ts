import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Integration } from "../../integrations/contract/model.ts";
import type { IntegrationOutcome } from "../../integrations/run_integrations.ts";
import { renderWarning, warns } from "../output/report.ts";
import { formatCount, printable } from "../output/text.ts";
import { displayWidth } from "../../formats/text/display_width.ts";
import type { Globals } from "../args/global_flags.ts";
import { paintFor } from "../output/paint.ts";
import { announce, mayMove } from "../prompt/spinner.ts";
import { holderLines } from "../output/docker_holder.ts";
import { renderRetained } from "./retained_contexts.ts";
import { outcomeLine, outcomeTable, warningLines } from "./outcome_lines.ts";
import type { LoginUi } from "../../auth/flow/login_host.ts";

interface ReportInput {
  readonly globals: Globals;
  /** Of the integrations that are to be made ready. */
  readonly names: readonly string[];
}

interface ProvisionReport {
  /** AWS has answered for one. */
  known(integration: Pick<Integration, "name">): void;
  /** One is done. */
  done(outcome: IntegrationOutcome): void;
  /** All are. */
  end(outcomes: readonly IntegrationOutcome[]): void;
  /** Someone else is about to write: what stands there stays. */
  leave(): void;
  /** Draws nothing while someone else has the terminal. */
  during<T>(body: () => Promise<T>): Promise<T>;
}

type ReportHost = Needs<"terminal" | "env" | "sys">;

const MOST_LINES = 15;

/** What a person sees while integrations are made ready: moving lines and a table at a terminal, else plain lines. */
export function provisionReport(host: ReportHost, input: ReportInput): ProvisionReport {
  return mayMove(host, input.globals) ? liveReport(host, input) : plainReport(host, input);
}

function plainReport(host: ReportHost, { globals, names }: ReportInput): ProvisionReport {
  announce(host, { text: `Provisioning: ${formatCount(names.length, "integration")}`, globals });
  return {
    known() {},
    done(outcome) {
      const { result } = outcome;
      if (!(result instanceof AppError)) {
        host.terminal.err(asText([outcomeLine(outcome, result), ...noteLines(host, { outcome, globals })]));
      } else if (warns(globals)) host.terminal.err(asText(warningLines(host, [outcome])));
    },
    end() {},
    leave() {},
    during: (body) => body(),
  };
}

function liveReport(host: ReportHost, input: ReportInput): ProvisionReport {
  const { terminal } = host;
  const lines = stateLines(host, input);
  let shown = 0;
  let held = 0;
  const draw = (next: readonly string[]) => {
    if (held === 0) terminal.err(`${shown > 0 ? `\x1b[${shown}A\x1b[J` : ""}${asText(next)}`);
    if (held === 0) shown = next.length;
  };
  draw(lines.now());
  return {
    known({ name }) {
      lines.set(name, "known");
      draw(lines.now());
    },
    done({ integration: { name }, result }) {
      lines.set(name, result instanceof AppError ? "failed" : "ready");
      draw(lines.now());
    },
    end(outcomes) {
      const warnings = warns(input.globals) ? warningLines(host, outcomes) : [];
      const kept = outcomes.flatMap((outcome) => noteLines(host, { outcome, globals: input.globals }));
      draw([...outcomeTable(outcomes, terminal.size().columns), ...kept, ...warnings]);
    },
    leave() {
      shown = 0;
    },
    async during(body) {
      held++;
      try {
        return await body();
      } finally {
        held--;
        shown = 0;
      }
    },
  };
}

function noteLines(
  host: Needs<never>,
  { outcome: { integration, result }, globals }: { readonly outcome: IntegrationOutcome; readonly globals: Globals },
): readonly string[] {
  if (result instanceof AppError) return [];
  const { dockerHolder: holder, target: registry, warnings = [] } = result;
  if (!warns(globals)) return renderRetained(result);
  const about = holder === undefined
    ? []
    : holderLines(host, { ...result, registry, holder, integration: integration.name });
  return [
    ...renderRetained(result),
    ...about,
    ...warnings.flatMap((one) => renderWarning(host, one).trimEnd().split("\n")),
  ];
}

type State = "known" | "ready" | "failed";

/** A line for each, or one that counts. */
function stateLines(host: ReportHost, { globals, names }: ReportInput) {
  const paint = paintFor(host, { stream: "stderr", globals });
  const states = new Map<string, State>();
  const signs = { known: paint("dim", "→"), ready: paint("green", "✓"), failed: paint("yellow", "!") };
  // Decided once: the lines that stand there are drawn over.
  const isList = matches(host, names);
  return {
    set: (name: string, state: State) => void states.set(name, state),
    now: (): readonly string[] => {
      if (!isList) return [`Provisioning: ${states.size} of ${formatCount(names.length, "integration")}`];
      const sign = (name: string) => signs[states.get(name)!] ?? paint("dim", "…");
      return names.map((name) => `${sign(name)} ${printable(name)}`);
    },
  };
}

/** Lines that scroll away or are broken can't be drawn again: then there is one that counts. */
function matches(host: Needs<"terminal">, names: readonly string[]): boolean {
  const { columns, rows } = host.terminal.size();
  return names.length <= Math.min(MOST_LINES, rows - 1) &&
    names.every((name) => displayWidth(printable(name)) + 2 < columns);
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** Returns the same UI for the middle of a report: what it shows stays, and while a user types nothing is drawn. */
export function uiBeside(ui: LoginUi, report: Pick<ProvisionReport, "leave" | "during">): LoginUi {
  const beside = <A extends unknown[]>(tell: (...args: A) => void) => (...args: A) => {
    report.leave();
    tell(...args);
  };
  return {
    ...ui,
    say: beside(ui.say),
    warn: beside(ui.warn),
    showDevice: beside(ui.showDevice),
    showPage: beside(ui.showPage),
    during(line, work) {
      report.leave();
      return ui.during(line, work);
    },
    ask: (question) => report.during(() => ui.ask(question)),
    choose: (choice) => report.during(() => ui.choose(choice)),
  };
}
